package org.vinestock.kernel.json;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A sealed family of records: {@code type} says which member it is. A member that is not known here is read as the
 * member {@code Unknown}, if the family has one.
 */
final class FamilyShape extends Shape<Object> {
    static final String TYPE = "type";
    private static final String UNKNOWN = "Unknown";

    private final SortedMap<String, Class<?>> members = new TreeMap<>();

    FamilyShape(Class<?> family) {
        collect(family);
    }

    private void collect(Class<?> family) {
        for (Class<?> member : family.getPermittedSubclasses()) {
            if (member.isSealed()) {
                collect(member);
            } else if (members.put(member.getSimpleName(), member) != null) {
                throw new IllegalArgumentException(
                        family.getName() + " has two members named " + member.getSimpleName());
            }
        }
    }

    /** Whether a record says in JSON which member of a family it is. */
    static boolean belongsToOne(Class<?> type) {
        for (Class<?> parent : type.getInterfaces()) {
            if (parent.isSealed() || belongsToOne(parent)) {
                return true;
            }
        }
        return false;
    }

    @Override
    void write(JsonOutput out, Object of) {
        Shapes.writeAny(out, of);
    }

    @Override
    Object read(JsonInput in) throws IOException {
        if (in.parser().currentToken() != JsonToken.START_OBJECT) {
            throw in.mismatch(accepted());
        }
        String name = in.lookAhead(TYPE);
        Class<?> member = members.get(name == null ? "" : name);
        if (member == null && name != null) {
            member = members.get(UNKNOWN);
        }
        if (member == null) {
            String is = name == null ? "is missing" : "is " + JsonInput.shown(name);
            throw in.wrong("type " + is + "; accepted: " + String.join(", ", members.keySet()));
        }
        return Shapes.of(member).read(in);
    }

    @Override
    String accepted() {
        return "an object with type " + String.join(", ", members.keySet());
    }
}
