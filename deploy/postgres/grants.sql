-- What the runtime role may do. Run as portal_owner after every migrate; running it again changes nothing.
-- Reading and writing rows, never a table's form: no TRUNCATE, no TRIGGER, no REFERENCES, no CREATE.
GRANT USAGE ON SCHEMA public TO portal_runtime;
REVOKE CREATE ON SCHEMA public FROM PUBLIC, portal_runtime;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO portal_runtime;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO portal_runtime;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO portal_runtime;
-- Which migrations ran is for the owner to write down.
REVOKE INSERT, UPDATE, DELETE ON TABLE django_migrations FROM portal_runtime;
-- The same for what a later migration adds, so that nothing is unreachable before this file runs again.
ALTER DEFAULT PRIVILEGES FOR ROLE portal_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO portal_runtime;
ALTER DEFAULT PRIVILEGES FOR ROLE portal_owner IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO portal_runtime;
ALTER DEFAULT PRIVILEGES FOR ROLE portal_owner IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO portal_runtime;
