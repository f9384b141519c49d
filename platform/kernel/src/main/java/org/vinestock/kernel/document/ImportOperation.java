package org.vinestock.kernel.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import org.vinestock.area.SiteCheck;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Commit;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.document.SiteDocument.Difference;
import org.vinestock.model.ObjectId;
import org.vinestock.model.Violation;
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

/**
 * {@code site.import}: makes the desired state what a document says, in one change set or not at all. It is compared and
 * checked against one state, and refused by the inventory if that changed meanwhile; then it is tried again.
 *
 * <p>The plan holds what the document changes or removes, so that no task acts on it. The file is read anew by the step;
 * its digest is in the plan.
 */
final class ImportOperation implements Operation<ImportOperation.From, ImportOperation.Imported> {
    private static final String IMPORT = "site.import";
    private static final int MOST_CLAIMS = 4_000;
    private static final int TRIES = 20;
    private static final int SHOWN = 10;

    private final SiteDocument document;
    private final Inventory inventory;
    private final Supplier<List<SiteCheck>> checks;
    private final Lane lane;
    private final ConcurrentNavigableMap<String, String> done = new ConcurrentSkipListMap<>();

    ImportOperation(SiteDocument document, Inventory inventory, Supplier<List<SiteCheck>> checks, Lane lane) {
        this.document = document;
        this.inventory = inventory;
        this.checks = checks;
        this.lane = lane;
    }

    /** Where from. */
    record From(
            @Input(value = "A file on the machine that Vinestock runs on, as site:export writes it", at = 0)
            String file) {}

    /** What was done, in words. */
    record Imported(String message) {}

    /** Arguments of the step. */
    record Put(String file, String digest) {}

    @Override
    public OperationType<From, Imported> type() {
        return new OperationType<>(
                IMPORT,
                From.class,
                Imported.class,
                Role.ADMIN,
                "Make what people want of the site what a JSON file says; --dry-run shows the difference");
    }

    @Override
    public Plan plan(From from, Planning planning) {
        String text = DocumentParts.read(from.file());
        Difference difference = compare(from.file(), text, planning.snapshot());
        refuseWhatIsWrong(difference, planning.snapshot());
        Map<String, ObjectId> claims = new LinkedHashMap<>();
        List<Change> held = new ArrayList<>(difference.changed());
        held.addAll(difference.removed());
        for (Change change : held) {
            claims.put(change.id().kind() + "/" + change.id().value(), change.id());
        }
        if (claims.size() > MOST_CLAIMS) {
            throw new IllegalArgumentException("file: " + from.file() + " changes or removes " + claims.size()
                    + " objects; accepted: at most " + MOST_CLAIMS + " at once");
        }
        return new Plan(
                List.copyOf(claims.values()),
                List.of(new Step("import " + from.file(), IMPORT, new Put(from.file(), DocumentParts.digest(text)))));
    }

    private Difference compare(String file, String text, Snapshot snapshot) {
        try {
            return document.compare(text, snapshot);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("file " + file + ": " + e.getMessage(), e);
        }
    }

    /** Refuses what would make more wrong than there is. */
    private void refuseWhatIsWrong(Difference difference, Snapshot before) {
        List<Change> changes = difference.all();
        if (changes.isEmpty()) {
            return;
        }
        Snapshot after = inventory.tried(changes);
        List<SiteCheck> all = new ArrayList<>(checks.get());
        all.add(new RoomCheck());
        Set<String> wrong = new LinkedHashSet<>();
        for (SiteCheck check : all) {
            Set<Violation> former = new LinkedHashSet<>(check.check(before, before));
            for (Violation violation : check.check(before, after)) {
                if (!former.contains(violation)) {
                    wrong.add(violation.rule() + ": " + violation.message());
                }
            }
        }
        if (!wrong.isEmpty()) {
            List<String> shown = wrong.stream().limit(SHOWN).toList();
            throw new IllegalArgumentException("it would break the site: " + String.join("; ", shown)
                    + (wrong.size() > SHOWN ? "; and " + (wrong.size() - SHOWN) + " more" : ""));
        }
    }

    @Override
    public Imported result(From from, Plan plan, Snapshot after) {
        Put put = (Put) plan.steps().get(0).arguments();
        String message = done.remove(put.digest());
        return new Imported(message == null ? "done" : message);
    }

    StepHandler<Put> step() {
        return new PutStep();
    }

    /** Reads the file again: it must be the one that was planned with. */
    private static String planned(Put put) {
        String text = DocumentParts.read(put.file());
        if (!DocumentParts.digest(text).equals(put.digest())) {
            throw new IllegalArgumentException("file: " + put.file() + " has changed since; import it again");
        }
        return text;
    }

    private final class PutStep implements StepHandler<Put> {
        @Override
        public String kind() {
            return IMPORT;
        }

        @Override
        public Class<Put> argumentsType() {
            return Put.class;
        }

        @Override
        public CompletionStage<?> apply(Put put, StepContext context) {
            return attempt(put, planned(put), 1);
        }

        private CompletionStage<Commit> attempt(Put put, String text, int number) {
            Snapshot head = inventory.head();
            Difference difference = compare(put.file(), text, head);
            refuseWhatIsWrong(difference, head);
            ChangeSet set = new ChangeSet(head.ref().revision(), difference.all(), true);
            return inventory
                    .commit(set)
                    .thenComposeAsync(
                            commit -> {
                                if (commit instanceof Commit.Done) {
                                    done.put(put.digest(), inWords(difference, head));
                                    return CompletableFuture.completedStage(commit);
                                } else if (number < TRIES) {
                                    return attempt(put, text, number + 1);
                                }
                                throw new IllegalArgumentException(
                                        "the site changed each of " + TRIES
                                                + " times while the document was compared with it; freeze it meanwhile: platform:freeze");
                            },
                            lane);
        }

        private String inWords(Difference difference, Snapshot before) {
            StringBuilder words = new StringBuilder(difference.added().size() + " added, "
                    + difference.changed().size() + " changed, "
                    + difference.removed().size() + " removed");
            Snapshot after = inventory.head();
            checks.get()
                    .forEach(check -> check.leftToDo(before, after)
                            .forEach(sentence -> words.append("; ").append(sentence)));
            return words.toString();
        }

        @Override
        public CompletionStage<?> undo(Put put, StepContext context) {
            return CompletableFuture.completedFuture(null); // the only step: what failed did nothing
        }

        @Override
        public CompletionStage<StepState> probe(Put put, StepContext context) {
            boolean same =
                    compare(put.file(), planned(put), context.snapshot()).all().isEmpty();
            return CompletableFuture.completedFuture(same ? StepState.DONE : StepState.NOT_BEGUN);
        }

        @Override
        public CompletionStage<String> preview(Put put, StepContext context) {
            Difference difference = compare(put.file(), planned(put), context.snapshot());
            StringBuilder words = new StringBuilder(difference.inWords());
            show(words, "would add", difference.added());
            show(words, "would change", difference.changed());
            show(words, "would remove", difference.removed());
            return CompletableFuture.completedFuture(words.toString());
        }

        private void show(StringBuilder words, String what, List<Change> changes) {
            if (!changes.isEmpty()) {
                words.append("; ").append(what).append(' ');
                words.append(String.join(
                        ", ",
                        changes.stream()
                                .limit(SHOWN)
                                .map(change ->
                                        change.id().kind() + " " + change.id().value())
                                .toList()));
                words.append(changes.size() > SHOWN ? " and " + (changes.size() - SHOWN) + " more" : "");
            }
        }
    }
}
