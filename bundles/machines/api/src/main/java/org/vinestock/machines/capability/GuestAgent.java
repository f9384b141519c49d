package org.vinestock.machines.capability;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/** What a VM's guest says through its agent, if it has one that answers. */
@ConsumerType
public interface GuestAgent {
    /** Whether it answers, and since when it could. */
    CompletionStage<GuestInfo> info();

    /** Runs a program in the guest and waits for its end. */
    CompletionStage<Ran> run(String program, List<String> arguments, Duration limit);

    /** What a guest says of itself. */
    record GuestInfo(
            String agent,
            @Nullable String hostname,
            @Nullable String system,
            List<String> addresses) {
        /** Copies the list. */
        public GuestInfo {
            addresses = List.copyOf(addresses);
        }
    }

    /** What became of a program; texts are cut at 64 KiB. */
    record Ran(int status, String output, String errors) {}
}
