-- Whoever holds a session of the MSP's own site may agree to what it was opened for: saving a way to pay.
ALTER TABLE mandates
  DROP CONSTRAINT mandates_given_by,
  ADD CONSTRAINT mandates_given_by CHECK (given_by IN ('contact', 'link', 'checkout', 'system'));
ALTER TABLE setups
  DROP CONSTRAINT setups_given_by,
  ADD CONSTRAINT setups_given_by CHECK (given_by IN ('contact', 'link', 'checkout', 'system'));
