-- AlterTable
ALTER TABLE "setups" ADD COLUMN     "schedule" JSONB,
ADD COLUMN     "schedule_email" TEXT,
ADD COLUMN     "schedule_refused" TEXT;

ALTER TABLE setups
  ADD CONSTRAINT setups_schedule CHECK (schedule IS NULL OR (attempt_id IS NULL AND given_by = 'contact')),
  ADD CONSTRAINT setups_schedule_refused CHECK (schedule_refused IS NULL OR (schedule IS NOT NULL AND state = 'saved'));

-- What is to be set for a date belongs to what was agreed to, and never changes; its address may be erased, and why
-- nothing was set is said once.
CREATE OR REPLACE FUNCTION keep_setup() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  progress CONSTANT text[] := ARRAY['state', 'state_at', 'failure_reason', 'label', 'method_id', 'setup_intent_id', 'schedule_refused', 'schedule_email'];
  origin CONSTANT text[] := ARRAY['accepted_ip', 'user_agent'];
BEGIN
  IF OLD.state IN ('saved', 'failed') AND NEW.accepted_ip = '' AND NEW.user_agent = ''
    AND to_jsonb(NEW) - origin = to_jsonb(OLD) - origin THEN
    RETURN NEW;
  END IF;
  IF to_jsonb(NEW) - progress <> to_jsonb(OLD) - progress THEN
    RAISE EXCEPTION 'the consent in a setup is never changed' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.schedule_email IS NOT NULL AND NEW.schedule_email IS DISTINCT FROM OLD.schedule_email
    OR OLD.schedule_refused IS NOT NULL AND NEW.schedule_refused IS DISTINCT FROM OLD.schedule_refused THEN
    RAISE EXCEPTION 'the wish for a date in a setup is never changed' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.state = 'saved' AND NEW.state <> 'saved' THEN
    RAISE EXCEPTION 'a setup does not go from saved to %', NEW.state USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.setup_intent_id IS NOT NULL AND NEW.setup_intent_id IS DISTINCT FROM OLD.setup_intent_id THEN
    RAISE EXCEPTION 'a setup has one setup intent' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

SELECT protect_tenant_tables();
