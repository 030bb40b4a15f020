-- The standing accounts by day, with what lists, counts and charts ask of them: these read no row of the table.
CREATE INDEX IF NOT EXISTS accounts_standing ON accounts (day, incident, last_day, review, type, killed, iso3, adm1, until)
    WHERE until = 4611686018427387904;
