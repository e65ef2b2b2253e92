-- CreateIndex
CREATE INDEX "contacts_email_idx" ON "contacts"("email");

-- The other MSPs at which whoever is in this session comes in by the address that it proved: slug, name, and their own host
-- where it is served. It looks past row-level security, so it is told no address. It answers for a session of the tenant
-- whose transaction this is, and only while the person still comes in and the address is still theirs.
CREATE FUNCTION providers_of_person(asking_tenant uuid, asking_person uuid, asking_session uuid)
RETURNS TABLE (slug text, name text, host text) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
#variable_conflict use_column
DECLARE proven text;
BEGIN
  IF asking_tenant IS DISTINCT FROM nullif(current_setting('app.tenant_id', true), '')::uuid THEN
    RAISE EXCEPTION 'asked of another tenant' USING ERRCODE = 'insufficient_privilege';
  END IF;
  SELECT p.email INTO proven
  FROM sessions s JOIN contacts p ON p.tenant_id = s.tenant_id AND p.id = s.person_id AND p.email = s.proven_email
  WHERE s.tenant_id = asking_tenant AND s.id = asking_session AND s.person_id = asking_person AND s.audience = 'contact'
    AND s.revoked_at IS NULL AND p.gone_at IS NULL AND p.removed_at IS NULL;
  IF proven IS NULL THEN RETURN; END IF;
  RETURN QUERY
    SELECT t.slug, t.name, h.host
    FROM (SELECT DISTINCT p.tenant_id FROM contacts p
          WHERE p.email = proven AND p.tenant_id <> asking_tenant AND p.gone_at IS NULL AND p.removed_at IS NULL) known
      JOIN tenants t ON t.id = known.tenant_id
      LEFT JOIN custom_hosts h ON h.tenant_id = t.id AND h.state = 'verified'
    ORDER BY t.name, t.slug;
END $$;
REVOKE ALL ON FUNCTION providers_of_person FROM public;
GRANT EXECUTE ON FUNCTION providers_of_person TO closeloop_app;
-- It runs as the role that may look across tenants; whoever owns the tables sees nothing in them. Owning a function takes
-- leave to make one, for as long as it is handed over.
GRANT CREATE ON SCHEMA public TO closeloop_system;
ALTER FUNCTION providers_of_person OWNER TO closeloop_system;
REVOKE CREATE ON SCHEMA public FROM closeloop_system;

SELECT protect_tenant_tables();
