-- A table whose primary key is one number is one tree in H2; any other key or index is one more, of which each small
-- commit writes some pages.

-- The key of a change is its revision times 1048576 and its place.
create table change_by_id (
    id bigint primary key,
    kind varchar(200) not null,
    object_kind varchar(200) not null,
    object varchar(200) not null,
    body varchar
);
insert into change_by_id (id, kind, object_kind, object, body)
    select revision * 1048576 + place, kind, object_kind, object, body from change order by revision, place;
drop table change;
alter table change_by_id rename to change;

-- Lines are numbered across streams. Which lines are about what is known in memory.
create table line_by_number (
    number bigint primary key,
    stream varchar(50) not null,
    about varchar(200) not null,
    at timestamp with time zone not null,
    text varchar not null
);
insert into line_by_number (number, stream, about, at, text)
    select row_number() over (order by stream, number), stream, about, at, text from line;
drop table line;
alter table line_by_number rename to line;
