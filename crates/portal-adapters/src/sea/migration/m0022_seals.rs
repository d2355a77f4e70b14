// The database itself refuses what would break a seal, whoever asks: no entry goes away; none changes, but that it is sealed
// once, and that object and details can be emptied; a seal does neither.
super::migration!(
    "m0022_seals",
    &[
        "CREATE TABLE audit_seal (
            number {key},
            at {long} NOT NULL,
            entries {long} NOT NULL,
            link {bytes} NOT NULL
        ) {table}",
        "ALTER TABLE audit ADD COLUMN seal {long} REFERENCES audit_seal (number)",
        "ALTER TABLE audit ADD COLUMN seal_place {long}",
        "ALTER TABLE audit ADD COLUMN content {bytes}",
        "CREATE INDEX audit_unsealed ON audit (at, id) WHERE seal IS NULL",
        "CREATE INDEX audit_sealed ON audit (seal, seal_place) WHERE seal IS NOT NULL",
        "{sqlite}CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
            BEGIN SELECT RAISE(ABORT, 'an audit entry is kept for good'); END",
        "{sqlite}CREATE TRIGGER audit_is_final BEFORE UPDATE ON audit
            WHEN NOT (NEW.id = OLD.id AND NEW.at = OLD.at AND NEW.actor_kind = OLD.actor_kind AND NEW.actor IS OLD.actor
                AND NEW.event = OLD.event AND NEW.portal IS OLD.portal
                AND (OLD.seal IS NULL OR (NEW.seal IS OLD.seal AND NEW.seal_place IS OLD.seal_place AND NEW.content IS OLD.content))
                AND ((NEW.object = OLD.object AND NEW.detail = OLD.detail)
                    OR (NEW.object = '' AND NEW.detail = '{\"v\":\"1\",\"detail\":[]}')))
            BEGIN SELECT RAISE(ABORT, 'an audit entry does not change'); END",
        "{sqlite}CREATE TRIGGER audit_seal_is_kept BEFORE DELETE ON audit_seal
            BEGIN SELECT RAISE(ABORT, 'a seal is kept for good'); END",
        "{sqlite}CREATE TRIGGER audit_seal_is_final BEFORE UPDATE ON audit_seal
            BEGIN SELECT RAISE(ABORT, 'a seal does not change'); END",
        "{postgres}CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'the audit is kept for good' USING ERRCODE = 'restrict_violation'; END $$",
        "{postgres}CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
        "{postgres}CREATE TRIGGER audit_is_not_cut BEFORE TRUNCATE ON audit EXECUTE FUNCTION audit_refuse()",
        "{postgres}CREATE TRIGGER audit_is_final BEFORE UPDATE ON audit FOR EACH ROW
            WHEN (NOT (NEW.id = OLD.id AND NEW.at = OLD.at AND NEW.actor_kind = OLD.actor_kind
                AND NEW.actor IS NOT DISTINCT FROM OLD.actor
                AND NEW.event = OLD.event AND NEW.portal IS NOT DISTINCT FROM OLD.portal
                AND (OLD.seal IS NULL OR (NEW.seal IS NOT DISTINCT FROM OLD.seal
                    AND NEW.seal_place IS NOT DISTINCT FROM OLD.seal_place
                    AND NEW.content IS NOT DISTINCT FROM OLD.content))
                AND ((NEW.object = OLD.object AND NEW.detail = OLD.detail)
                    OR (NEW.object = '' AND NEW.detail = '{\"v\":\"1\",\"detail\":[]}'))))
            EXECUTE FUNCTION audit_refuse()",
        "{postgres}CREATE TRIGGER audit_seal_is_kept BEFORE DELETE OR UPDATE ON audit_seal
            FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
        "{postgres}CREATE TRIGGER audit_seal_is_not_cut BEFORE TRUNCATE ON audit_seal EXECUTE FUNCTION audit_refuse()",
    ]
);
