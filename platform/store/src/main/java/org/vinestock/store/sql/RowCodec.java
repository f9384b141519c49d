package org.vinestock.store.sql;

import org.vinestock.model.Kind;
import org.vinestock.view.Codec;

/** Rows as JSON; one whose class is not installed stays as it is. */
final class RowCodec {
    private final Codec codec;

    RowCodec(Codec codec) {
        this.codec = codec;
    }

    /** A row that nobody here can read; it is kept for when its area is installed again. */
    record Unread(String json) {}

    String write(Record row) {
        return row instanceof Unread unread ? unread.json : codec.write(row);
    }

    <T extends Record> T read(Kind<T> kind, String json) {
        return kind.type() == Unread.class ? kind.type().cast(new Unread(json)) : codec.read(json, kind.type());
    }
}
