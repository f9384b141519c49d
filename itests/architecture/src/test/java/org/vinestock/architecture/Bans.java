package org.vinestock.architecture;

import static org.vinestock.architecture.Call.NEW;
import static org.vinestock.architecture.Call.anyOf;
import static org.vinestock.architecture.Call.exactly;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.Timer;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.stream.BaseStream;
import java.util.stream.Collectors;

/** What our code may not call, and what it does instead. */
enum Bans {
    /** Nobody waits for other code; what continues a stage names its lane. */
    WAITS(
            "hand the rest to a lane (thenApplyAsync(f, lane)) or to Scheduler.after instead of waiting",
            anyOf(Future.class, "get", "join"),
            anyOf(ForkJoinTask.class, "invoke*"),
            anyOf(CompletableFuture.class, "orTimeout", "completeOnTimeout", "delayedExecutor"),
            anyOf(CompletionStage.class, "thenApply", "thenAccept", "thenRun", "thenCompose", "thenCombine"),
            anyOf(
                    CompletionStage.class,
                    "thenAcceptBoth",
                    "runAfterBoth",
                    "applyToEither",
                    "acceptEither",
                    "runAfterEither"),
            anyOf(CompletionStage.class, "handle", "whenComplete", "exceptionally", "exceptionallyCompose"),
            anyOf(CompletionStage.class, "thenApplyAsync", "thenAcceptAsync", "thenRunAsync")
                    .with(Bans::noExecutor),
            anyOf(CompletionStage.class, "thenComposeAsync", "thenCombineAsync").with(Bans::noExecutor),
            anyOf(CompletionStage.class, "thenAcceptBothAsync", "runAfterBothAsync")
                    .with(Bans::noExecutor),
            anyOf(CompletionStage.class, "applyToEitherAsync", "acceptEitherAsync")
                    .with(Bans::noExecutor),
            anyOf(CompletionStage.class, "runAfterEitherAsync", "handleAsync").with(Bans::noExecutor),
            anyOf(CompletionStage.class, "whenCompleteAsync", "exceptionallyAsync")
                    .with(Bans::noExecutor),
            anyOf(CompletionStage.class, "exceptionallyComposeAsync").with(Bans::noExecutor),
            anyOf(CompletableFuture.class, "supplyAsync", "runAsync", "completeAsync")
                    .with(Bans::noExecutor),
            anyOf(Thread.class, "sleep", "join", "onSpinWait"),
            exactly(Object.class, "wait"),
            anyOf(CountDownLatch.class, "await"),
            anyOf(CyclicBarrier.class, "await"),
            anyOf(Condition.class, "await*"),
            anyOf(Phaser.class, "await*", "arriveAndAwaitAdvance"),
            anyOf(Semaphore.class, "acquire*"),
            anyOf(Exchanger.class, "exchange"),
            anyOf(LockSupport.class, "park*"),
            anyOf(BlockingQueue.class, "take", "put", "transfer"),
            anyOf(BlockingQueue.class, "poll", "offer").with(types -> types.size() > 1),
            anyOf(ExecutorService.class, "awaitTermination", "invoke*"),
            anyOf(ForkJoinPool.class, "commonPool"),
            anyOf(Collection.class, "parallelStream"),
            anyOf(BaseStream.class, "parallel"),
            anyOf(Process.class, "waitFor")),

    /** What iterates in another order at the next run makes another ledger from the same seed. */
    UNORDERED(
            "use TreeMap, TreeSet, LinkedHashMap, LinkedHashSet, List.of, or a collector with a map factory",
            exactly(HashMap.class, NEW),
            exactly(HashSet.class, NEW),
            exactly(Hashtable.class, NEW),
            exactly(IdentityHashMap.class, NEW),
            exactly(WeakHashMap.class, NEW),
            exactly(Set.class, "of", "copyOf"),
            exactly(Map.class, "of", "ofEntries", "copyOf"),
            exactly(Collectors.class, "toSet", "toUnmodifiableSet", "toUnmodifiableMap"),
            exactly(Collectors.class, "toConcurrentMap", "groupingByConcurrent"),
            exactly(Collectors.class, "toMap").with(types -> types.size() < 4),
            exactly(Collectors.class, "groupingBy").with(types -> types.size() < 3)),

    /** Time, threads and chance come from the Scheduler, and nobody ends the process or writes to its streams. */
    WORLD(
            "ask the Scheduler for time, lanes and chance; log with SLF4J",
            exactly(System.class, "nanoTime", "currentTimeMillis", "out", "err", "exit"),
            exactly(Runtime.class, "exit", "halt"),
            exactly(Instant.class, "now"),
            exactly(LocalDate.class, "now"),
            exactly(LocalTime.class, "now"),
            exactly(LocalDateTime.class, "now"),
            exactly(OffsetDateTime.class, "now"),
            exactly(ZonedDateTime.class, "now"),
            exactly(Clock.class, "system*", "tick*"),
            exactly(Date.class, NEW).with(List::isEmpty),
            anyOf(Random.class, NEW),
            exactly(SplittableRandom.class, NEW).with(List::isEmpty),
            exactly(ThreadLocalRandom.class, "current"),
            exactly(Math.class, "random"),
            exactly(UUID.class, "randomUUID"),
            exactly(RandomGenerator.class, "getDefault", "of"),
            exactly(Collections.class, "shuffle").with(types -> types.size() == 1),
            exactly(Executors.class, "new*"),
            anyOf(ExecutorService.class, NEW),
            anyOf(Thread.class, NEW),
            anyOf(Timer.class, NEW));

    private final String remedy;

    @SuppressWarnings("ImmutableEnumChecker") // List.of of records
    private final List<Call> calls;

    Bans(String remedy, Call... calls) {
        this.remedy = remedy;
        this.calls = List.of(calls);
    }

    boolean forbids(JavaAccess<?> access) {
        return calls.stream().anyMatch(call -> call.matches(access));
    }

    String remedy() {
        return remedy;
    }

    private static boolean noExecutor(List<JavaClass> parameters) {
        return parameters.stream().noneMatch(type -> type.isAssignableTo(Executor.class));
    }
}
