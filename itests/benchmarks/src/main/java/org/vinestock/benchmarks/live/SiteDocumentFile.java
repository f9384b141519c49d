package org.vinestock.benchmarks.live;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes a document with VMs that are spread over hosts as the rules of {@link Rules} want it. */
final class SiteDocumentFile {
    private static final int SIZES = 4;

    private SiteDocumentFile() {}

    static void write(Path file, List<String> hosts, int vms, int rules) throws IOException {
        try (Writer out = Files.newBufferedWriter(file)) {
            out.write("{\"format\":1,\"vm\":[");
            for (int i = 0; i < vms; i++) {
                int host = i % hosts.size();
                int cores = 1 + i % SIZES;
                out.write((i == 0 ? "\n" : ",\n") + "{\"id\":\"big-" + i + "\",\"millicores\":" + cores * 1000
                        + ",\"size\":\"" + cores * 4 + "GiB\",\"labels\":{\"app\":\""
                        + Rules.app(host, i / hosts.size(), rules) + "\"},\"power\":\"RUNNING\",\"host\":\""
                        + hosts.get(host) + "\"}");
            }
            out.write("\n]}\n");
        }
    }
}
