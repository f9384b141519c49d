-- Grows with each transaction of the leader. Whoever follows sees by it, and by no clock, that the leader is there; the
-- time of renewal is for people, and empty if the leader ended in order.
alter table leader add column beat bigint default 0 not null;
