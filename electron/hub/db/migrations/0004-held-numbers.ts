/**
 * After a restore from a backup the hub must not lend a number that a PC holds by a lease the backup lacks (LETT-01):
 * `told_epoch` is the epoch as of which a PC has told what it holds, `offered_epoch` the one as of which it has offered
 * its acts again, and a register is moved on at most once per restore.
 */
export const heldNumbers = `
alter table devices add column told_epoch int;
alter table devices add column offered_epoch int;
update devices set told_epoch = (select cast(value as int) from meta where key = 'epoch'),
  offered_epoch = (select cast(value as int) from meta where key = 'epoch');
alter table register_counters add column jumped_epoch int;
`
