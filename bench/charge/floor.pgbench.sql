\set id random(1, 100000)
begin;
update floor.attempts set state = 'sent', state_at = now() where id = :id;
update floor.invoices set in_flight = in_flight + 1 where id = :id;
commit;
begin;
update floor.attempts set state = 'succeeded', intent = 'pi_' || :id, state_at = now() where id = :id;
insert into floor.ledger (attempt_id, debit, credit, amount, at) values (:id, 'clearing', 'receivable', 10000, now()), (:id, 'fees', 'clearing', 320, now());
update floor.invoices set balance = balance - 1, in_flight = in_flight - 1, settled_at = now() where id = :id;
insert into floor.outbox (kind, attempt_id, payload, at) values ('payment.succeeded', :id, '{}', now()), ('receipt.due', :id, '{}', now());
commit;
