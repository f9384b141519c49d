package org.vinestock.benchmarks.disks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Programs that are run to their end, with what they took. */
final class Tool {
    /** What a program said on its standard output, and its time of the clock and of the processors. */
    record Run(String said, double seconds, double cpuSeconds) {}

    private Tool() {}

    /** Runs a program, which must end with 0. */
    static Run run(Object... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("bash", "-c", "TIMEFORMAT='%R %U %S'; time \"$@\"", "bash"));
        for (Object word : command) {
            words.add(word.toString());
        }
        Path errors = Files.createTempFile("vinestock-tool", ".err");
        try {
            Process process =
                    new ProcessBuilder(words).redirectError(errors.toFile()).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            String complaint = Files.readString(errors);
            if (status != 0) {
                throw new IOException(String.join(" ", words.subList(4, words.size())) + " ended with " + status + ": "
                        + complaint + said);
            }
            String[] lines = complaint.strip().split("\n", -1);
            String[] times = lines[lines.length - 1].split(" ", -1);
            return new Run(
                    said, Double.parseDouble(times[0]), Double.parseDouble(times[1]) + Double.parseDouble(times[2]));
        } finally {
            Files.delete(errors);
        }
    }
}
