-- One row: who writes. Every transaction asserts the epoch.
create table leader (
    one smallint primary key,
    epoch bigint not null,
    holder varchar(200) not null,
    renewed timestamp with time zone
);
insert into leader (one, epoch, holder) values (1, 0, '');

-- The class of each kind's rows.
create table kind (
    name varchar(200) primary key,
    class varchar(500) not null
);

-- One revision is one change set; its changes have places from 0. No body = removed.
create table change (
    revision bigint not null,
    place integer not null,
    kind varchar(200) not null,
    object_kind varchar(200) not null,
    object varchar(200) not null,
    body varchar,
    primary key (revision, place)
);

-- All rows at a revision, compressed, in parts; whoever reads the site begins with one and goes on with its changes.
create table checkpoint (
    revision bigint primary key,
    parts integer not null,
    changes bigint not null,
    made_at timestamp with time zone not null
);
create table checkpoint_part (
    revision bigint not null,
    part integer not null,
    body bytea not null,
    primary key (revision, part)
);

-- Streams of lines, such as what tasks did.
create table line (
    stream varchar(50) not null,
    number bigint not null,
    at timestamp with time zone not null,
    about varchar(200) not null,
    text varchar not null,
    primary key (stream, number)
);
create index line_about on line (stream, about);
