package org.vinestock.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.vinestock.model.Kind;
import org.vinestock.model.VinestockException;
import org.vinestock.store.write.StoreError;

/** The kinds that a database knows, with the classes of their rows. */
final class Kinds {
    private final NavigableMap<String, Kind<?>> known = new TreeMap<>();
    private final NavigableMap<String, String> unread = new TreeMap<>();

    private Kinds() {}

    /** Reads them. */
    static Kinds read(Connection connection, KindClasses classes) throws SQLException {
        Kinds kinds = new Kinds();
        try (PreparedStatement statement = connection.prepareStatement("select name, class from kind");
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                String name = row.getString(1);
                String className = row.getString(2);
                Optional<Class<? extends Record>> type = classes.find(className);
                if (type.isEmpty()) {
                    kinds.unread.put(name, className);
                }
                kinds.known.put(name, new Kind<>(name, type.orElse(RowCodec.Unread.class)));
            }
        }
        return kinds;
    }

    /** The kinds whose class is not installed, with its name. */
    NavigableMap<String, String> unread() {
        return Collections.unmodifiableNavigableMap(unread);
    }

    /** The kind of a name that the database knows. */
    Kind<?> named(String name) {
        Kind<?> kind = known.get(name);
        if (kind == null) {
            throw new VinestockException(
                    StoreError.STORE_UNREADABLE, "a row of kind " + name + ", which the table kind does not have");
        }
        return kind;
    }

    /** Notes a kind that is about to be written; whether the database does not know it, or with another class. */
    boolean note(Kind<?> kind) {
        Kind<?> former = known.put(kind.name(), kind);
        return former == null || !former.type().getName().equals(kind.type().getName());
    }
}
