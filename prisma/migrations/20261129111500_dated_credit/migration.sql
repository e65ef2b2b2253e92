-- What somebody sets for a date may count on the client's credit, as what is charged by itself does.
ALTER TABLE scheduled_payments DROP CONSTRAINT scheduled_payments_credit;

SELECT protect_tenant_tables();
