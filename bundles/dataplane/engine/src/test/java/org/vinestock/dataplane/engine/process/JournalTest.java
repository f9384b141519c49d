package org.vinestock.dataplane.engine.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    @TempDir
    Path folder;

    @Test
    void readsWhatItWroteAndRefusesWhatWasChanged() throws IOException {
        Path file = folder.resolve("journal");
        Journal journal = new Journal(file);
        assertEquals(Journal.Content.EMPTY, journal.read());
        Journal.Content content = new Journal.Content(
                7, "a \"quoted\"\n\u00e9\ud83d\ude00 holder", List.of(new DiskSpec("d", "raw", List.of("/x"), true)));
        journal.write(content);
        assertEquals(content, journal.read());
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i < bytes.length; i++) {
            byte[] damaged = bytes.clone();
            damaged[i] ^= 1;
            Files.write(file, damaged);
            assertThrows(IOException.class, journal::read, "byte " + i);
        }
    }

    @Test
    void jsonIsStrict() throws Json.MalformedException {
        for (String wrong : List.of(
                "",
                "[]",
                "{",
                "{\"a\":1}x",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1.5}",
                "{\"a\":tru}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":99999999999999999999}",
                "{a:1}",
                "{\"a\":[1,]}",
                "{\"a\":\"\n\"}",
                "{\"a\":" + "[".repeat(50) + "]".repeat(50) + "}")) {
            assertThrows(Json.MalformedException.class, () -> Json.object(wrong), wrong);
        }
        String text = "{\"a\":[1,-2,true,null,{}],\"b\":{\"c\":\"\\\"\\\\\\u000a\"}}";
        assertEquals(text, Json.write(Json.object(text)));
    }
}
