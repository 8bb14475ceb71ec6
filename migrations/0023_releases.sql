-- What was published, as it was published; to whom it was granted; and how
-- small a count an organisation shows.

-- +goose Up

-- One row is one version of how few people an organisation may show outside.
-- Rows are only added; without any the product's own threshold holds.
CREATE TABLE disclosure_policies (
    org_id     UUID      NOT NULL REFERENCES organisations (id),
    version    INTEGER   NOT NULL,
    threshold  INTEGER   NOT NULL,  -- people: fewer are never shown as a number
    reason     TEXT      NOT NULL,  -- needed below the product's own; shown on the page
    by_account UUID      NOT NULL,  -- no reference, here and below: it outlives the account
    at         TIMESTAMP NOT NULL,

    PRIMARY KEY (org_id, version),
    CONSTRAINT disclosure_policies_threshold CHECK (threshold BETWEEN 8 AND 100)
);

-- One row is one release: the figures of one scheme in one period, on their way
-- out or out. Once published only its state, its notice and its openness change.
CREATE TABLE releases (
    org_id        UUID      NOT NULL,
    id            UUID      NOT NULL,  -- UUIDv7: part of the dated link
    number        INTEGER   NOT NULL,  -- from 1 in each organisation, in order of preparing
    scheme_id     UUID      NOT NULL,
    grain         TEXT      NOT NULL,
    period_from   INTEGER   NOT NULL,  -- quarters, year x 4 + 0 to 3, both included
    period_to     INTEGER   NOT NULL,
    state         TEXT      NOT NULL,
    version       INTEGER   NOT NULL,  -- for optimistic locking
    cover         TEXT      NOT NULL,  -- JSON: whose it is, of what, by which method
    report        TEXT      NOT NULL,  -- JSON: what the auditor found; empty before
    safe          BOOLEAN   NOT NULL,  -- the auditor found nothing that can be worked out
    audited_after INTEGER   NOT NULL,  -- how many had ever been published when it was audited
    sha256        TEXT      NOT NULL,  -- of the document, in hexadecimals; empty before it is published
    prepared_at   TIMESTAMP NOT NULL,
    prepared_by   UUID      NOT NULL,
    audited_at    TIMESTAMP,
    audited_by    UUID,
    published_at  TIMESTAMP,
    published_on  DATE,                -- the day in the organisation's zone: part of the dated link
    published_by  UUID,
    superseded_by UUID,                -- the release that took its place
    withdrawn_at  TIMESTAMP,
    withdrawn_by  UUID,
    notice        TEXT      NOT NULL,  -- why it was withdrawn
    figures_gone  BOOLEAN   NOT NULL,  -- withdrawn with its figures
    public_at     TIMESTAMP,           -- anybody may read it since; NULL: off

    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, scheme_id) REFERENCES schemes (org_id, id),
    FOREIGN KEY (org_id, superseded_by) REFERENCES releases (org_id, id),
    CONSTRAINT releases_number UNIQUE (org_id, number),
    CONSTRAINT releases_grain CHECK (grain IN ('quarter', 'half-year', 'year')),
    CONSTRAINT releases_period CHECK (period_from <= period_to),
    CONSTRAINT releases_state CHECK (state IN ('prepared', 'audited', 'published', 'superseded', 'withdrawn'))
);

-- A scheme's period has one release on its way out and one that stands. Also
-- for finding either.
CREATE UNIQUE INDEX releases_draft ON releases (org_id, scheme_id, period_from, period_to)
    WHERE state IN ('prepared', 'audited');
CREATE UNIQUE INDEX releases_standing ON releases (org_id, scheme_id, period_from, period_to)
    WHERE state = 'published';
-- For a dated link that anybody may open: whose release it is.
CREATE INDEX releases_public ON releases (id) WHERE public_at IS NOT NULL;

-- One row is one figure of a release, as anybody outside may see it. No row of
-- a release that was ever published is changed or deleted.
CREATE TABLE release_figures (
    org_id     UUID    NOT NULL,
    release_id UUID    NOT NULL,
    position   INTEGER NOT NULL,  -- in the order of the list of releasable figures
    scheme_id  UUID    NOT NULL,
    series     TEXT    NOT NULL,
    occasion   TEXT    NOT NULL,
    filter_key TEXT    NOT NULL,  -- empty: everybody
    body       TEXT    NOT NULL,  -- JSON, never an exact small number
    etag       TEXT    NOT NULL,

    PRIMARY KEY (org_id, release_id, position),
    FOREIGN KEY (org_id, release_id) REFERENCES releases (org_id, id),
    CONSTRAINT release_figures_once UNIQUE (org_id, release_id, series, occasion, filter_key)
);

-- One row lets one organisation read one release, or every published release of
-- one scheme, both days included. Rows are never deleted.
CREATE TABLE release_grants (
    org_id     UUID      NOT NULL,  -- who grants
    id         UUID      NOT NULL,
    scheme_id  UUID      NOT NULL,
    release_id UUID,                -- NULL: every release of the scheme
    to_org     UUID      NOT NULL REFERENCES organisations (id),
    from_day   DATE      NOT NULL,
    until_day  DATE,                -- NULL: until it is revoked
    granted_at TIMESTAMP NOT NULL,
    granted_by UUID      NOT NULL,
    revoked_at TIMESTAMP,
    revoked_by UUID,

    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, scheme_id) REFERENCES schemes (org_id, id),
    FOREIGN KEY (org_id, release_id) REFERENCES releases (org_id, id),
    CONSTRAINT release_grants_days CHECK (until_day IS NULL OR until_day >= from_day),
    CONSTRAINT release_grants_other CHECK (to_org <> org_id)
);

-- For what a commissioning organisation may read: everything granted to it.
CREATE INDEX release_grants_to ON release_grants (to_org, org_id, scheme_id) WHERE revoked_at IS NULL;
-- For the grants of one release and of its scheme.
CREATE INDEX release_grants_of ON release_grants (org_id, scheme_id);

-- +goose Down
DROP TABLE release_grants;
DROP TABLE release_figures;
DROP TABLE releases;
DROP TABLE disclosure_policies;
