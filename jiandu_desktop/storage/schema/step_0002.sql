-- Step 2.
-- Whose answer it was and why it was changed; the submission that an imported visit goes on from.
ALTER TABLE trail ADD COLUMN person TEXT NOT NULL DEFAULT '';
ALTER TABLE trail ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE visits ADD COLUMN origin TEXT NOT NULL DEFAULT '';
