package org.vinestock.architecture.offenders;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Does each forbidden thing once, and beside it what is allowed in its place; never run. */
public final class Offender {
    public static final int WAITS = 6;
    public static final int UNORDERED = 5;
    public static final int WORLD = 5;

    private Offender() {}

    public static void waits(CompletableFuture<String> future, Executor lane) throws InterruptedException {
        future.join();
        CompletionStage<Integer> unplaced = future.thenApply(String::length);
        CompletionStage<Integer> onCommonPool = future.thenApplyAsync(String::length);
        CompletionStage<Integer> onLane = future.thenApplyAsync(String::length, lane);
        CompletionStage<?> limited = future.orTimeout(1, java.util.concurrent.TimeUnit.SECONDS);
        Supplier<Object> byReference = future::join;
        Thread.sleep(1);
        List.of(unplaced, onCommonPool, onLane, limited, byReference).clear();
    }

    public static void unordered(List<String> words) {
        Map<String, String> plain = new HashMap<>();
        Supplier<Map<String, String>> byReference = HashMap::new;
        Set<Integer> fixed = Set.of(1, 2);
        Map<Integer, List<String>> grouped = words.stream().collect(Collectors.groupingBy(String::length));
        Map<Integer, List<String>> inOrder = words.stream()
                .collect(Collectors.groupingBy(String::length, java.util.TreeMap::new, Collectors.toList()));
        Set<String> collected = words.stream().collect(Collectors.toSet());
        List.of(plain, byReference, fixed, grouped, inOrder, collected).clear();
    }

    public static void world() {
        long nanos = System.nanoTime();
        Object now = java.time.Instant.now();
        Object chance = new java.util.Random(1);
        Object thread = new Thread();
        System.out.println(List.of(nanos, now, chance, thread));
    }
}
