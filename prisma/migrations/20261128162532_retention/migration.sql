-- CreateIndex
CREATE INDEX "sign_ins_tenant_id_created_at_idx" ON "sign_ins"("tenant_id", "created_at");

-- CreateIndex
CREATE INDEX "passkey_challenges_tenant_id_expires_at_idx" ON "passkey_challenges"("tenant_id", "expires_at");

-- What is kept long enough is let go of, by the nightly round. Challenges and sign-ins go whole.
GRANT DELETE ON passkey_challenges, sign_ins TO closeloop_app;

-- Of an authorization that has ended, or was for a single debit, the address and browser it came from may be emptied; and
-- nothing else of it, ever.
CREATE OR REPLACE FUNCTION keep_mandate() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  withdrawal CONSTANT text[] := ARRAY['revoked_at', 'revoked_by'];
  origin CONSTANT text[] := ARRAY['accepted_ip', 'user_agent'];
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.revoked_at IS NULL AND to_jsonb(NEW) - withdrawal = to_jsonb(OLD) - withdrawal THEN
      RETURN NEW;
    END IF;
    IF (OLD.revoked_at IS NOT NULL OR OLD.kind IN ('bank_once', 'pad_once')) AND NEW.accepted_ip = '' AND NEW.user_agent = ''
      AND to_jsonb(NEW) - origin = to_jsonb(OLD) - origin THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'mandates is append-only but for its revocation: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;

-- The same of the wish to save, once it is over: what was agreed to stands in the mandate.
CREATE OR REPLACE FUNCTION keep_setup() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  progress CONSTANT text[] := ARRAY['state', 'state_at', 'failure_reason', 'label', 'method_id', 'setup_intent_id'];
  origin CONSTANT text[] := ARRAY['accepted_ip', 'user_agent'];
BEGIN
  IF OLD.state IN ('saved', 'failed') AND NEW.accepted_ip = '' AND NEW.user_agent = ''
    AND to_jsonb(NEW) - origin = to_jsonb(OLD) - origin THEN
    RETURN NEW;
  END IF;
  IF to_jsonb(NEW) - progress <> to_jsonb(OLD) - progress THEN
    RAISE EXCEPTION 'the consent in a setup is never changed' USING ERRCODE = 'restrict_violation';
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
