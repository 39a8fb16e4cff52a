import type { LucideIcon } from 'lucide-react'
import { Check } from 'lucide-react'
import type { ReactElement } from 'react'
import { Header, Menu as AriaMenu, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components'
import { Kbd } from './kbd.tsx'
import './menu.css'

export interface MenuAction {
  id: string
  label: string
  detail?: string
  icon?: LucideIcon
  kbd?: string
  /** Why it is not offered; shown under its name. */
  refusal?: string
  checked?: boolean
  danger?: boolean
}
export interface MenuGroup {
  id: string
  title?: string
  items: readonly MenuAction[]
}

interface MenuProps {
  /** The button that opens it (Button or IconButton). */
  trigger: ReactElement
  label: string
  groups: readonly MenuGroup[]
  onAction: (id: string) => void
  placement?: 'bottom start' | 'bottom end' | 'top start' | 'right bottom'
}

/** A list of actions behind a button; arrows, type-ahead and Escape work. */
export function Menu({ trigger, label, groups, onAction, placement = 'bottom end' }: MenuProps) {
  const disabled = groups.flatMap((group) =>
    group.items.filter((item) => item.refusal).map((item) => item.id),
  )
  return (
    <MenuTrigger>
      {trigger}
      <Popover className="popover" placement={placement} offset={4}>
        <AriaMenu
          className="menu"
          aria-label={label}
          disabledKeys={disabled}
          onAction={(key) => onAction(String(key))}
        >
          {groups.map((group) => (
            <MenuSection key={group.id} className="menu-section" aria-label={group.title ?? label}>
              {group.title ? <Header className="menu-header">{group.title}</Header> : null}
              {group.items.map((item) => (
                <MenuRow key={item.id} item={item} />
              ))}
            </MenuSection>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  )
}

function MenuRow({ item }: { item: MenuAction }) {
  const Icon = item.icon
  const detail = item.refusal ?? item.detail
  return (
    <MenuItem id={item.id} textValue={item.label} className={`menu-item${item.danger ? ' menu-danger' : ''}`}>
      {Icon ? <Icon size="1.15em" strokeWidth={1.75} aria-hidden /> : null}
      <span className="menu-text">
        {item.label}
        {detail ? <span className="menu-detail">{detail}</span> : null}
      </span>
      {item.checked ? <Check size="1.1em" aria-hidden /> : null}
      {item.kbd ? <Kbd keys={item.kbd} /> : null}
    </MenuItem>
  )
}
