package org.vinestock.kernel.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonOutputTest {
    /** Edges of what is escaped: controls, quotes, beyond one byte, halves of pairs. */
    private static final String CHARACTERS =
            "\0\1\b\t\n\13\f\r\16\37 !\"#/[\\]az\177\u0080\u00e4\u2028\u20ac\ud83d\ude00\uffff";

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void writesTheSameAsJackson(long seed) throws IOException {
        for (int run = 0; run < 200; run++) {
            JsonOutput ours = new JsonOutput();
            StringWriter theirs = new StringWriter();
            try (JsonGenerator jackson = new JsonFactory().createGenerator(theirs)) {
                write(new SplittableRandom(seed * 1_000 + run), 0, ours, jackson);
            }
            assertEquals(theirs.toString(), ours.toString());
        }
    }

    @Test
    void writesWhatIsLongerThanAPartAsOneText() throws IOException {
        JsonOutput ours = new JsonOutput();
        StringWriter theirs = new StringWriter();
        try (JsonGenerator jackson = new JsonFactory().createGenerator(theirs)) {
            SplittableRandom random = new SplittableRandom(4);
            ours.beginList();
            jackson.writeStartArray();
            for (int i = 0; i < 30_000; i++) {
                write(random, 2, ours, jackson);
            }
            ours.endList();
            jackson.writeEndArray();
        }
        assertTrue(theirs.toString().length() > 300_000);
        assertEquals(theirs.toString(), ours.toString());
        assertEquals(ours.toString(), ours.toString());
    }

    private static void write(SplittableRandom random, int depth, JsonOutput ours, JsonGenerator theirs)
            throws IOException {
        int kind = random.nextInt(depth < 4 ? 8 : 6);
        switch (kind) {
            case 0 -> {
                String text = text(random);
                ours.value(text);
                theirs.writeString(text);
            }
            case 1 -> {
                long number = random.nextLong() >> random.nextInt(64);
                ours.value(number);
                theirs.writeNumber(number);
            }
            case 2 -> {
                boolean truth = random.nextBoolean();
                ours.value(truth);
                theirs.writeBoolean(truth);
            }
            case 3 -> {
                ours.nothing();
                theirs.writeNull();
            }
            case 4 -> {
                ours.raw("{\"as\": \"it is\"}");
                theirs.writeRawValue("{\"as\": \"it is\"}");
            }
            case 5 -> {
                ours.raw("1.5");
                theirs.writeNumber("1.5");
            }
            case 6 -> list(random, depth, ours, theirs);
            default -> object(random, depth, ours, theirs);
        }
    }

    private static void list(SplittableRandom random, int depth, JsonOutput ours, JsonGenerator theirs)
            throws IOException {
        ours.beginList();
        theirs.writeStartArray();
        for (int left = random.nextInt(4); left > 0; left--) {
            write(random, depth + 1, ours, theirs);
        }
        ours.endList();
        theirs.writeEndArray();
    }

    private static void object(SplittableRandom random, int depth, JsonOutput ours, JsonGenerator theirs)
            throws IOException {
        ours.beginObject();
        theirs.writeStartObject();
        for (int left = random.nextInt(4); left > 0; left--) {
            String name = text(random);
            if (random.nextBoolean()) {
                ours.name(name);
            } else {
                ours.field(JsonOutput.quoted(name));
            }
            theirs.writeFieldName(name);
            write(random, depth + 1, ours, theirs);
        }
        ours.endObject();
        theirs.writeEndObject();
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        boolean plain = random.nextBoolean();
        for (int left = random.nextInt(12); left > 0; left--) {
            text.append(plain ? 'a' : CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
        return text.toString();
    }

    @Test
    void refusesWhatIsTooDeep() {
        Object deep = "bottom";
        for (int i = 0; i < JsonInput.MAX_DEPTH; i++) {
            deep = List.of(deep);
        }
        assertEquals(
                2 * JsonInput.MAX_DEPTH + "\"bottom\"".length(),
                new JsonCodec().write(deep).length());
        Object deeper = List.of(deep);
        assertThrows(IllegalArgumentException.class, () -> new JsonCodec().write(deeper));
    }
}
