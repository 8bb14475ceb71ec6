-- What a service sets up. Every table from here on belongs to organisations:
-- keys begin with org_id, and a reference carries it along, so that no row can
-- point into another organisation.

-- +goose Up

-- One row is a commissioned service.
CREATE TABLE schemes (
    org_id   UUID      NOT NULL REFERENCES organisations (id),
    id       UUID      NOT NULL,
    number   INTEGER   NOT NULL,  -- short, for narrow rows; from 1 in each organisation
    name     TEXT      NOT NULL,
    version  INTEGER   NOT NULL,  -- of the row, for optimistic locking
    added_at TIMESTAMP NOT NULL,

    PRIMARY KEY (org_id, id),
    CONSTRAINT schemes_number UNIQUE (org_id, number),
    CONSTRAINT schemes_name UNIQUE (org_id, name)
);

-- One row lets one account see one scheme.
CREATE TABLE membership_schemes (
    org_id     UUID NOT NULL,
    account_id UUID NOT NULL,
    scheme_id  UUID NOT NULL,

    PRIMARY KEY (org_id, account_id, scheme_id),
    FOREIGN KEY (org_id, account_id) REFERENCES memberships (org_id, account_id),
    FOREIGN KEY (org_id, scheme_id) REFERENCES schemes (org_id, id)
);

-- One row is something that can be prescribed.
CREATE TABLE activities (
    org_id   UUID    NOT NULL REFERENCES organisations (id),
    id       UUID    NOT NULL,
    name     TEXT    NOT NULL,
    category TEXT    NOT NULL,  -- scheme.Categories
    provider TEXT    NOT NULL,  -- who runs it; empty: not recorded
    version  INTEGER NOT NULL,

    PRIMARY KEY (org_id, id),
    CONSTRAINT activities_name UNIQUE (org_id, name)
);

-- One row is one version of a scheme's measurement plan. A referral keeps the
-- version it was accepted under.
CREATE TABLE plans (
    org_id         UUID    NOT NULL,
    id             UUID    NOT NULL,
    scheme_id      UUID    NOT NULL,
    version        INTEGER NOT NULL,
    effective_from DATE    NOT NULL,
    primary_series TEXT    NOT NULL,  -- shown first
    headline       TEXT    NOT NULL,  -- the occasion shown first

    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, scheme_id) REFERENCES schemes (org_id, id),
    CONSTRAINT plans_of_scheme UNIQUE (org_id, id, scheme_id),
    CONSTRAINT plans_version UNIQUE (org_id, scheme_id, version)
);

-- One row is one measure at one occasion, and the window that counts as on time.
CREATE TABLE plan_items (
    org_id      UUID     NOT NULL,
    plan_id     UUID     NOT NULL,
    position    SMALLINT NOT NULL,  -- in the plan, from 0
    measure_key TEXT     NOT NULL,
    occasion    TEXT     NOT NULL,  -- scheme.Occasion
    due_days    INTEGER  NOT NULL,  -- days after the start
    before_days INTEGER  NOT NULL,
    after_days  INTEGER  NOT NULL,

    PRIMARY KEY (org_id, plan_id, position),
    FOREIGN KEY (org_id, plan_id) REFERENCES plans (org_id, id),
    CONSTRAINT plan_items_once UNIQUE (org_id, plan_id, measure_key, occasion),
    CONSTRAINT plan_items_days CHECK (due_days >= 0 AND before_days >= 0 AND after_days >= 0)
);

-- +goose Down
DROP TABLE plan_items;
DROP TABLE plans;
DROP TABLE activities;
DROP TABLE membership_schemes;
DROP TABLE schemes;
