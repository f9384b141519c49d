package org.vinestock.kernel.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vinestock.decision.Decision;
import org.vinestock.kernel.act.ActError;
import org.vinestock.kernel.decide.Toy.Became;
import org.vinestock.kernel.decide.Toy.Chosen;
import org.vinestock.kernel.json.JsonCodec;
import org.vinestock.kernel.turn.DecisionLimits;
import org.vinestock.model.VinestockException;

/** The ledger goes into a file, a decision a line, whole or not at all. */
class LedgerExportTest {
    private static final Duration WRITTEN = Duration.ofMillis(300);

    private final PlayedArchives archives = new PlayedArchives();

    @TempDir
    private Path folder;

    /** One that decided; little of it is in memory still. */
    private ToySite site(int decisions) {
        ToySite site = ToySite.kept(1, DecisionLimits.DEFAULTS.ledger(50, 32L << 20), 1, archives);
        site.commit(Toy.box("a", 10_000));
        site.addBuiltIns();
        for (int i = 0; i < decisions; i++) {
            Decision<Chosen> decided = site.result(site.reserve(1));
            site.kernel.outcome(decided.id(), new Became(true));
        }
        site.run(WRITTEN);
        return site;
    }

    private static CompletionStage<?> export(ReplayCall call, Path file, String more) {
        return call.begin("decision.export", "{\"file\":" + new JsonCodec().write(file.toString()) + more + "}");
    }

    private static VinestockException failure(ToySite site, CompletionStage<?> stage) {
        Throwable thrown = assertThrows(CompletionException.class, () -> site.result(stage));
        return assertInstanceOf(VinestockException.class, thrown.getCause());
    }

    private List<String> files() throws IOException {
        try (var all = Files.list(folder)) {
            return all.map(file -> String.valueOf(file.getFileName())).sorted().toList();
        }
    }

    @Test
    void hasEveryDecisionWithWhatBecameOfIt() throws IOException {
        ToySite site = site(2_100);
        ReplayCall call = new ReplayCall(site.kernel, site.inventory.head());
        Path file = folder.resolve("all.jsonl");
        site.result(export(call, file, ""));
        List<String> lines = Files.readAllLines(file);
        assertEquals(2_100, lines.size());
        for (int i = 0; i < lines.size(); i++) {
            assertTrue(lines.get(i).startsWith("{\"decision\":\"d-" + (i + 1) + "\","), lines.get(i));
            assertTrue(lines.get(i).contains("\"outcome\":{\"good\":true}"), lines.get(i));
        }
        assertEquals(List.of("1000 written", "2000 written"), call.progress);
        assertEquals(List.of("all.jsonl"), files());
    }

    @Test
    void hasARangeCompressedIfItsNameSaysSo() throws IOException {
        ToySite site = site(30);
        ReplayCall call = new ReplayCall(site.kernel, site.inventory.head());
        Path file = folder.resolve("some.jsonl.gz");
        site.result(export(call, file, ",\"from\":\"d-7\",\"to\":\"d-9\""));
        byte[] plain = new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(file))).readAllBytes();
        List<String> lines = new String(plain, StandardCharsets.UTF_8).lines().toList();
        assertEquals(3, lines.size());
        assertTrue(
                lines.get(0).startsWith("{\"decision\":\"d-7\"") && lines.get(2).startsWith("{\"decision\":\"d-9\""));
    }

    @Test
    void leavesNothingBehindIfItIsCancelled() throws IOException {
        ToySite site = site(1_500);
        ReplayCall call = new ReplayCall(site.kernel, site.inventory.head());
        call.cancelled = true;
        VinestockException because = failure(site, export(call, folder.resolve("all.jsonl"), ""));
        assertEquals(ActError.CANCELLED, because.code());
        assertEquals(List.of(), files());
    }

    @Test
    void leavesNothingBehindIfTheArchiveDoesNotAnswer() throws IOException {
        ToySite site = site(30);
        archives.trouble("the disk is gone");
        ReplayCall call = new ReplayCall(site.kernel, site.inventory.head());
        VinestockException because = failure(site, export(call, folder.resolve("all.jsonl"), ""));
        assertTrue(because.getMessage().contains("the disk is gone"), because.getMessage());
        assertEquals(List.of(), files());
    }

    @Test
    void saysWhyAFileCannotBeWritten() {
        ToySite site = site(3);
        ReplayCall call = new ReplayCall(site.kernel, site.inventory.head());
        Path nowhere = folder.resolve("no/such/folder/all.jsonl");
        VinestockException because = failure(site, export(call, nowhere, ""));
        assertTrue(because.getMessage().startsWith(nowhere + " cannot be written: "), because.getMessage());
    }

    @Test
    void refusesAFileThatIsThereAndOneThatIsRelative() throws IOException {
        ToySite site = site(3);
        ReplayCall call = new ReplayCall(site.kernel, site.inventory.head());
        Path file = Files.writeString(folder.resolve("old.jsonl"), "mine");
        assertTrue(assertThrows(IllegalArgumentException.class, () -> export(call, file, ""))
                .getMessage()
                .contains("is there already"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> export(call, Path.of("some.jsonl"), ""))
                .getMessage()
                .contains("accepted: an absolute path"));
        assertEquals("mine", Files.readString(file));
        assertFalse(Files.exists(Path.of("some.jsonl.part")));
    }
}
