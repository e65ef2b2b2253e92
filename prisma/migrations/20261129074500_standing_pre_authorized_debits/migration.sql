-- A Canadian account may be kept, and debited by itself: a method like the others, with agreements of its own.
ALTER TABLE methods DROP CONSTRAINT methods_type;
ALTER TABLE methods ADD CONSTRAINT methods_type CHECK (type IN ('card', 'us_bank_account', 'acss_debit'));

ALTER TABLE setups DROP CONSTRAINT setups_kind;
ALTER TABLE setups ADD CONSTRAINT setups_kind CHECK (kind IN ('bank_saved_business', 'bank_saved_personal', 'pad_saved', 'card_saved'));

ALTER TABLE mandates DROP CONSTRAINT mandates_kind;
ALTER TABLE mandates ADD CONSTRAINT mandates_kind CHECK (kind IN ('bank_once', 'pad_once', 'bank_saved_business', 'bank_saved_personal', 'pad_saved', 'card_saved', 'autopay_card', 'autopay_bank_business', 'autopay_bank_personal', 'autopay_pad', 'autopay_pad_short'));

SELECT protect_tenant_tables();
