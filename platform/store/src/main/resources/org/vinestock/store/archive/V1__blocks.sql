-- Lines of streams, in compressed blocks. A block is written once; small ones are replaced by a larger one.
create table block (
    id bigint generated always as identity primary key,
    stream varchar(50) not null,
    lowest bigint not null,
    highest bigint not null,
    line_count integer not null,
    newest_at timestamp with time zone not null,
    revision bigint not null,
    bytes integer not null,
    merged boolean not null
);

-- Whom its lines are about: four bytes for each key, sorted. A table of its own, so that it is looked through quickly.
create table block_keys (
    id bigint primary key,
    hashes bytea not null
);

create table block_body (
    id bigint primary key,
    body bytea not null
);

-- What is not there any more, or never was.
create table missing (
    stream varchar(50) primary key,
    forgotten bigint not null,
    dropped bigint not null
);
