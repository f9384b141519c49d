-- Who did what; rows are only ever added. The hash of each is over the one before and what is in it, see AuditChain.
create table audit (
    number bigint primary key,
    at timestamp with time zone not null,
    who varchar(200) not null,
    what varchar(200) not null,
    object varchar(500) not null,
    details varchar not null,
    hash varchar(64) not null
);
