package org.vinestock.store.sql;

import org.vinestock.model.ObjectId;

/** An id as the database has it, of whatever class it once was. */
record StoredId(String kind, String value) implements ObjectId {
    @Override
    public String toString() {
        return kind + ' ' + value;
    }
}
