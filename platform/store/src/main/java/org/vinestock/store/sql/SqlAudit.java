package org.vinestock.store.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.audit.Audit;
import org.vinestock.audit.AuditFilter;
import org.vinestock.audit.AuditReport;
import org.vinestock.audit.AuditRow;
import org.vinestock.audit.AuditWatch;
import org.vinestock.audit.Deed;
import org.vinestock.model.VinestockException;
import org.vinestock.store.audit.Anchor;
import org.vinestock.store.audit.AnchorKeeper;
import org.vinestock.store.audit.Anchorage;
import org.vinestock.store.audit.AuditChain;
import org.vinestock.store.audit.AuditCheck;
import org.vinestock.store.write.StoreError;

/**
 * The audit in the table {@code audit}. Rows get number and hash on the writer's thread, in the order in which they are
 * written; so the chain needs no lock, and what is not written leaves no gap.
 */
final class SqlAudit implements Audit, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SqlAudit.class);
    private static final String BY = "vinestock";
    private static final String COLUMNS = "select number, at, who, what, object, details, hash from audit";
    private static final int PAGE = 5_000;

    private final GroupWriter writer;
    private final Reads reads;
    private final InstantSource clock;
    private final Anchorage anchorage;
    private final AnchorKeeper keeper;
    /** The end of the chain as it is being written; of the writer's thread. */
    private Anchor end;
    /** The end of what is durable. */
    private volatile Anchor durable;

    private SqlAudit(
            GroupWriter writer, Reads reads, InstantSource clock, Anchorage anchorage, Anchor end, Anchor durable) {
        this.writer = writer;
        this.reads = reads;
        this.clock = clock;
        this.anchorage = anchorage;
        this.keeper = new AnchorKeeper(anchorage);
        this.end = end;
        this.durable = durable;
    }

    /** Goes on behind the rows that there are. If they are not those that were anchored, the first row to come says so. */
    static SqlAudit open(
            Connection connection, GroupWriter writer, Reads reads, InstantSource clock, Anchorage anchorage)
            throws SQLException {
        Anchor newest = newest(connection);
        Optional<Anchor> anchor;
        String unread = "";
        try {
            anchor = anchorage.read();
        } catch (IOException | UncheckedIOException e) {
            anchor = Optional.empty();
            unread = String.valueOf(e.getMessage());
        }
        Anchor known = anchor.orElse(Anchor.NONE);
        boolean cutOff = known.number() > newest.number();
        SqlAudit audit = new SqlAudit(writer, reads, clock, anchorage, cutOff ? known : newest, newest);
        if (!unread.isEmpty()) {
            audit.broken("the anchor could not be read: " + unread);
        } else if (cutOff) {
            audit.broken("rows " + (newest.number() + 1) + " to " + known.number() + " are missing: the anchor in "
                    + anchorage.shown() + " is ahead of the database");
        } else if (anchor.isPresent() && !hash(connection, known.number()).equals(known.hash())) {
            audit.broken("row " + known.number() + " is not the one that was anchored in " + anchorage.shown());
        } else if (anchor.isEmpty() && newest.number() > 0) {
            var unused = audit.tell(new Deed(
                    BY,
                    "audit.anchored",
                    "",
                    "for the first time in " + anchorage.shown() + ", behind row " + newest.number()));
        }
        return audit;
    }

    private void broken(String because) {
        LOG.error("the audit is not as it was written: {}; see audit:verify", because);
        var unused = tell(new Deed(BY, AuditChain.BROKEN, "", because));
    }

    private static Anchor newest(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                        "select number, hash from audit order by number desc fetch first 1 rows only");
                ResultSet row = statement.executeQuery()) {
            return row.next() ? new Anchor(row.getLong(1), row.getString(2)) : Anchor.NONE;
        }
    }

    private static String hash(Connection connection, long number) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select hash from audit where number = ?")) {
            statement.setLong(1, number);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : "";
            }
        }
    }

    @Override
    public CompletionStage<Long> tell(Deed deed) {
        DeedWrite write = write(deed);
        writer.write(write);
        return write.stage;
    }

    /** What adds a row, to be given to the writer. */
    DeedWrite write(Deed deed) {
        return new DeedWrite(deed);
    }

    @Override
    public CompletionStage<List<AuditRow>> newest(AuditFilter filter, long before, int limit) {
        return reads.run(connection -> {
            StringBuilder sql = new StringBuilder(COLUMNS).append(" where number < ?");
            List<Object> values = new ArrayList<>(List.of(before));
            if (!filter.who().isEmpty()) {
                sql.append(" and who = ?");
                values.add(filter.who());
            }
            if (!filter.object().isEmpty()) {
                sql.append(" and position(cast(? as varchar) in ' ' || object || ' ') > 0");
                values.add(" " + filter.object() + " ");
            }
            if (filter.since() != null) {
                sql.append(" and at >= ?");
                values.add(filter.since().atOffset(ZoneOffset.UTC));
            }
            values.add(limit);
            return rows(connection, sql + " order by number desc fetch first ? rows only", values);
        });
    }

    private static List<AuditRow> rows(Connection connection, String sql, List<Object> values) throws SQLException {
        List<AuditRow> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    rows.add(new AuditRow(
                            row.getLong(1),
                            row.getObject(2, OffsetDateTime.class).toInstant(),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5),
                            row.getString(6),
                            row.getString(7)));
                }
            }
        }
        return rows;
    }

    @Override
    public CompletionStage<AuditReport> verify(AuditWatch watch) {
        Look look = new Look(durable, watch);
        look.goOn();
        return look.report;
    }

    /** A look at every row, a page after the other: between them the thread reads for others. */
    private final class Look {
        private final CompletableFuture<AuditReport> report = new CompletableFuture<>();
        private final Anchor newest;
        private final AuditWatch watch;
        private @Nullable AuditCheck check; // what follows belongs to the reading thread
        private long anchored;
        private long rows;
        private long last;

        Look(Anchor newest, AuditWatch watch) {
            this.newest = newest;
            this.watch = watch;
        }

        void goOn() {
            var unused = reads.run(this::page)
                    .whenCompleteAsync(
                            (more, thrown) -> {
                                if (thrown != null) {
                                    report.completeExceptionally(thrown);
                                } else if (more) {
                                    goOn();
                                }
                            },
                            Runnable::run);
        }

        /** Looks at the next rows; false = those were the last. */
        private boolean page(Connection connection) throws SQLException {
            AuditCheck looking = check == null ? begin() : check;
            check = looking;
            List<AuditRow> page = rows(
                    connection,
                    COLUMNS + " where number > ? order by number fetch first ? rows only",
                    List.of(last, PAGE));
            page.forEach(looking::row);
            rows += page.size();
            last = page.isEmpty() ? last : page.get(page.size() - 1).number();
            watch.looked(rows, newest.number());
            if (page.size() < PAGE) {
                report.complete(looking.end(anchored));
                return false;
            }
            return true;
        }

        /** What is anchored is read before the rows are, or it might be ahead of them. */
        private AuditCheck begin() {
            List<Anchor> anchors = new ArrayList<>(List.of(newest));
            try {
                Optional<Anchor> anchor = anchorage.read();
                anchor.ifPresent(anchors::add);
                anchored = anchor.map(Anchor::number).orElse(0L);
            } catch (IOException e) {
                throw new VinestockException(StoreError.STORE_UNREADABLE, String.valueOf(e.getMessage()), e);
            }
            return new AuditCheck(Anchor.NONE, anchors);
        }
    }

    @Override
    public boolean kept() {
        return true;
    }

    /** Anchors the end; the writer has ended. */
    @Override
    public void close() {
        keeper.close();
    }

    /** Adds a row. */
    final class DeedWrite implements Write {
        private final Deed deed;
        private final CompletableFuture<Long> stage = new CompletableFuture<>();
        private Anchor made = Anchor.NONE;

        DeedWrite(Deed deed) {
            this.deed = deed;
        }

        @Override
        public void add(Batches batches) throws SQLException {
            AuditRow row = AuditChain.next(end, clock.instant(), deed);
            made = new Anchor(row.number(), row.hash());
            end = made;
            PreparedStatement insert = batches.row(
                    "insert into audit (number, at, who, what, object, details, hash) values (?, ?, ?, ?, ?, ?, ?)");
            insert.setLong(1, row.number());
            insert.setObject(2, row.at().atOffset(ZoneOffset.UTC));
            insert.setString(3, row.who());
            insert.setString(4, row.what());
            insert.setString(5, row.object());
            insert.setString(6, row.details());
            insert.setString(7, row.hash());
            insert.addBatch();
        }

        @Override
        public void done() {
            durable = made;
            keeper.reached(made);
            stage.complete(made.number());
        }

        @Override
        public void failed(VinestockException because) {
            stage.completeExceptionally(because);
        }
    }
}
