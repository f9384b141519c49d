package org.vinestock.dataplane.engine.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartsTest {
    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();

    private Parts parts() throws IOException {
        return new Parts(folder.resolve("parts"), told::add);
    }

    private String refused(Parts parts, String name) {
        RefusedException refused = assertThrows(RefusedException.class, () -> parts.begin(folder.resolve(name)));
        return refused.code();
    }

    @Test
    void removesWhatADeathLeftAndNothingElse() throws Exception {
        Parts parts = parts();
        Path part = Files.createFile(parts.begin(folder.resolve("a")));
        Path other = Files.createFile(parts.begin(folder.resolve("b")));
        parts.finish(other, folder.resolve("b"));
        parts.end(other);
        Files.createFile(parts.begin(folder.resolve("c"))); // notes anew, without b
        Files.createFile(other);
        parts();
        assertFalse(Files.exists(part));
        assertFalse(Files.exists(folder.resolve("c.part")));
        assertTrue(Files.exists(folder.resolve("b")));
        assertTrue(Files.exists(other), "somebody else's");
        assertFalse(Files.exists(folder.resolve("parts")));
    }

    @Test
    void whatCannotBeRemovedIsToldAndHindersNobody() throws Exception {
        Path full = Files.createDirectories(folder.resolve("full.part/of")).getParent();
        Path removed = Files.createFile(folder.resolve("x.part"));
        Files.writeString(folder.resolve("parts"), full + "\n" + removed + "\n\ufffd/no path\0.part\nother\n");
        parts();
        assertTrue(Files.exists(full));
        assertFalse(Files.exists(removed));
        assertEquals(3, told.size(), told::toString);
    }

    @Test
    void oneNameIsMadeOnceAtATimeAndNobodysFileIsTaken() throws Exception {
        Parts parts = parts();
        Path part = parts.begin(folder.resolve("a"));
        assertEquals("IN_USE", refused(parts, "a"), "also before its first byte");
        Files.createFile(part);
        Files.createFile(folder.resolve("mine.part"));
        assertEquals("EXISTS", refused(parts, "mine"));
        Files.createFile(folder.resolve("a"));
        assertEquals(
                "EXISTS",
                assertThrows(RefusedException.class, () -> parts.finish(part, folder.resolve("a")))
                        .code());
        parts.end(part);
        assertEquals("EXISTS", refused(parts, "a"));
        assertTrue(Files.exists(folder.resolve("mine.part")));
    }
}
