package org.vinestock.store.archive;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.journal.Line;

/** The tables of archives, in SQL. Nothing here commits. */
final class BlockTables {
    private static final Logger LOG = LoggerFactory.getLogger(BlockTables.class);

    private BlockTables() {}

    /** How much of a stream is not there any more, or never was. */
    record Missing(long forgotten, long dropped) {}

    static List<Block> blocks(Connection connection, String stream) throws SQLException {
        List<Block> blocks = new ArrayList<>();
        try (PreparedStatement query =
                connection.prepareStatement("select id, lowest, highest, line_count, newest_at, revision, bytes, merged"
                        + " from block where stream = ? order by id")) {
            query.setString(1, stream);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    blocks.add(new Block(
                            row.getLong(1),
                            row.getLong(2),
                            row.getLong(3),
                            row.getInt(4),
                            row.getObject(5, OffsetDateTime.class).toInstant(),
                            row.getLong(6),
                            row.getInt(7),
                            row.getBoolean(8)));
                }
            }
        }
        return blocks;
    }

    /** Adds a block of lines, which are in the order of their numbers. */
    static Block add(Connection connection, String stream, List<Line> lines, long revision, boolean merged)
            throws SQLException {
        byte[] body = BlockFormat.encode(lines);
        byte[] hashes = BlockFormat.hashes(lines);
        Block block = new Block(
                0,
                lines.get(0).number(),
                lines.get(lines.size() - 1).number(),
                lines.size(),
                lines.stream().map(Line::at).max(Comparator.naturalOrder()).orElseThrow(),
                revision,
                body.length + hashes.length,
                merged);
        long id = insert(connection, stream, block);
        bytes(connection, "insert into block_keys (id, hashes) values (?, ?)", id, hashes);
        bytes(connection, "insert into block_body (id, body) values (?, ?)", id, body);
        return new Block(
                id, block.lowest(), block.highest(), block.lines(), block.newestAt(), revision, block.bytes(), merged);
    }

    private static long insert(Connection connection, String stream, Block block) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into block (stream, lowest, highest, line_count, newest_at, revision, bytes, merged)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)",
                Statement.RETURN_GENERATED_KEYS)) {
            insert.setString(1, stream);
            insert.setLong(2, block.lowest());
            insert.setLong(3, block.highest());
            insert.setInt(4, block.lines());
            insert.setObject(5, block.newestAt().atOffset(ZoneOffset.UTC));
            insert.setLong(6, block.revision());
            insert.setInt(7, block.bytes());
            insert.setBoolean(8, block.merged());
            insert.executeUpdate();
            try (ResultSet key = insert.getGeneratedKeys()) {
                key.next();
                return key.getLong(1);
            }
        }
    }

    private static void bytes(Connection connection, String sql, long id, byte[] bytes) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setLong(1, id);
            insert.setBytes(2, bytes);
            insert.executeUpdate();
        }
    }

    static void remove(Connection connection, List<Block> blocks) throws SQLException {
        for (String table : List.of("block", "block_keys", "block_body")) {
            try (PreparedStatement delete = connection.prepareStatement("delete from " + table + " where id = ?")) {
                for (Block block : blocks) {
                    delete.setLong(1, block.id());
                    delete.addBatch();
                }
                delete.executeBatch();
            }
        }
    }

    /** The lines of a block; null if it is gone, none if it is damaged, which is logged. */
    static @Nullable List<Line> lines(Connection connection, Block block) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select body from block_body where id = ?")) {
            query.setLong(1, block.id());
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? BlockFormat.decode(row.getBytes(1), block.lines()) : null;
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("block {} with the numbers {} to {} is damaged", block.id(), block.lowest(), block.highest(), e);
            return List.of();
        }
    }

    /** Those of some blocks, in the order of their ids, that may have a line about a key. */
    static List<Long> mayHave(Connection connection, long fromId, long toId, String key) throws SQLException {
        List<Long> found = new ArrayList<>();
        try (PreparedStatement query =
                connection.prepareStatement("select id, hashes from block_keys where id >= ? and id <= ?")) {
            query.setLong(1, fromId);
            query.setLong(2, toId);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    if (BlockFormat.mayHave(row.getBytes(2), key)) {
                        found.add(row.getLong(1));
                    }
                }
            }
        }
        return found;
    }

    static Missing missing(Connection connection, String stream) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("select forgotten, dropped from missing where stream = ?")) {
            query.setString(1, stream);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? new Missing(row.getLong(1), row.getLong(2)) : new Missing(0, 0);
            }
        }
    }

    static void missing(Connection connection, String stream, Missing missing) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from missing where stream = ?")) {
            delete.setString(1, stream);
            delete.executeUpdate();
        }
        try (PreparedStatement insert =
                connection.prepareStatement("insert into missing (stream, forgotten, dropped) values (?, ?, ?)")) {
            insert.setString(1, stream);
            insert.setLong(2, missing.forgotten());
            insert.setLong(3, missing.dropped());
            insert.executeUpdate();
        }
    }
}
