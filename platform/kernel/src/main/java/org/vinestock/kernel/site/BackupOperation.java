package org.vinestock.kernel.site;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.vinestock.area.Parts;
import org.vinestock.backup.Backup;
import org.vinestock.backup.Backups;
import org.vinestock.inventory.Snapshot;
import org.vinestock.model.VinestockException;
import org.vinestock.operation.Input;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;
import org.vinestock.operation.Role;
import org.vinestock.operation.Step;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;
import org.vinestock.time.Lane;

/** {@code platform.backup}: writes everything that cannot be had again into one file, while the site is used. */
final class BackupOperation implements Operation<BackupOperation.To, BackupOperation.Made> {
    private static final String BACKUP = "platform.backup";

    private final Backups backups;
    private final Lane lane;
    private final ConcurrentNavigableMap<String, String> made = new ConcurrentSkipListMap<>();

    private BackupOperation(Backups backups, Lane lane) {
        this.backups = backups;
        this.lane = lane;
    }

    /** Makes the parts. {@code lane}: where stages are continued. */
    static Parts of(Backups backups, Lane lane) {
        BackupOperation operation = new BackupOperation(backups, lane);
        return new Parts(
                List.of(operation),
                List.of(),
                List.of(operation.new Write()),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                () -> {});
    }

    /** Where to. */
    record To(
            @Input(
                    value =
                            "A new file on the machine that Vinestock runs on, such as /var/backups/site.zip; it has keys in it",
                    at = 0)
            String file) {}

    /** What was made, in words. */
    record Made(String message) {}

    @Override
    public OperationType<To, Made> type() {
        return new OperationType<>(
                BACKUP,
                To.class,
                Made.class,
                Role.ADMIN,
                "Write state, configuration, keys and plugins of this home into one file; run restore puts them back");
    }

    @Override
    public Plan plan(To to, Planning planning) {
        path(to);
        return new Plan(List.of(), List.of(new Step("back up to " + to.file(), BACKUP, to)));
    }

    private static Path path(To to) {
        try {
            Path path = Path.of(to.file());
            if (path.isAbsolute()) {
                return path;
            }
        } catch (InvalidPathException e) {
            // said below
        }
        throw new IllegalArgumentException(
                "file: \"" + to.file()
                        + "\"; accepted: an absolute path on the machine that Vinestock runs on, such as /var/backups/site.zip");
    }

    @Override
    public Made result(To to, Plan plan, Snapshot after) {
        String message = made.remove(to.file());
        if (message == null && !Files.exists(path(to))) {
            throw new VinestockException(
                    SiteError.BACKUP_CUT_OFF, "the process ended before " + to.file() + " was whole; do it again");
        }
        return new Made(message == null ? to.file() + " was written before a restart" : message);
    }

    private static String inWords(Backup backup) {
        StringBuilder words = new StringBuilder(backup.file() + ": " + backup.files() + " files, " + backup.size());
        backup.notes().forEach(note -> words.append("; not in it: ").append(note));
        return words.toString();
    }

    private final class Write implements StepHandler<To> {
        @Override
        public String kind() {
            return BACKUP;
        }

        @Override
        public Class<To> argumentsType() {
            return To.class;
        }

        @Override
        public CompletionStage<?> apply(To to, StepContext context) {
            return backups.write(path(to)).thenAcceptAsync(backup -> made.put(to.file(), inWords(backup)), lane);
        }

        @Override
        public CompletionStage<?> undo(To to, StepContext context) {
            return CompletableFuture.completedFuture(null); // one that failed left no file
        }

        @Override
        public CompletionStage<StepState> probe(To to, StepContext context) {
            return CompletableFuture.completedFuture(Files.exists(path(to)) ? StepState.DONE : StepState.NOT_BEGUN);
        }

        @Override
        public CompletionStage<String> preview(To to, StepContext context) {
            return CompletableFuture.completedFuture("would write " + to.file());
        }
    }
}
