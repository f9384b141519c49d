package org.vinestock.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps what failed: shrunk, as a file that a test tells again. */
public final class Kept {
    private Kept() {}

    /**
     * Demands that a story, told twice, breaks nothing.
     *
     * @param folder where a story that does is kept as a file, as small as it gets
     * @throws AssertionError saying what broke, and where the file is
     */
    public static void demandSound(Story story, Path folder) {
        Verdict verdict = Verdict.on(story, Setup.SOUND, true);
        if (verdict.broke() != null) {
            Path file = shrunk(story, verdict, Setup.SOUND, folder);
            throw new AssertionError(verdict.message() + "\n  shrunk: " + file.toAbsolutePath()
                    + "; put it into itests/simulation/src/test/resources/stories to keep it");
        }
    }

    /** Shrinks a story that broke something and writes it down. */
    public static Path shrunk(Story story, Verdict verdict, Setup setup, Path folder) {
        Story small = Shrinker.of(verdict, setup).shrink(story).thatBroke(String.valueOf(verdict.broke()));
        Path file = folder.resolve("seed-" + story.seed() + ".story");
        try {
            Files.createDirectories(folder);
            Files.writeString(file, small.text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }
}
