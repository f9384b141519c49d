package org.vinestock.kernel.site;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.area.Area;
import org.vinestock.area.Clusters;
import org.vinestock.area.Parts;
import org.vinestock.area.Platform;
import org.vinestock.decision.Answer;
import org.vinestock.decision.BuiltIn;
import org.vinestock.decision.Check;
import org.vinestock.decision.Context;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.decision.Guardrail;
import org.vinestock.decision.Strategy;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Snapshot;
import org.vinestock.model.Kind;
import org.vinestock.model.ObjectId;
import org.vinestock.operation.Controller;
import org.vinestock.operation.Next;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;
import org.vinestock.operation.Role;
import org.vinestock.operation.Step;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;

/** A hand-made area: a strategy moves a piece to a number; a controller moves pieces that stand on 0. */
class Game implements Area {
    static final Kind<Piece> PIECE = new Kind<>("piece", Piece.class);
    static final Point POINT = new Point();
    static final OperationType<Move, Piece> MOVE =
            new OperationType<>("game.move", Move.class, Piece.class, Role.OPERATOR, "Move a piece");

    record PieceId(String value) implements ObjectId {
        @Override
        public String kind() {
            return "piece";
        }
    }

    record Piece(PieceId id, int at) {}

    record Move(PieceId piece) {}

    record Where(PieceId piece) {}

    record There(int at) {}

    record Became(boolean good) {}

    record Nothing() {}

    interface GameStrategy extends Strategy<Where, There, Became> {}

    /** What other areas find. */
    record Rules(String author) {}

    private final String name;
    private final String author;
    int built;
    int closed;
    boolean broken;

    Game(String name, String author) {
        this.name = name;
        this.author = author;
    }

    static GameStrategy always(int at) {
        return (where, context) -> new Answer<>(new There(at), "always " + at);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Parts build(Platform platform) {
        built++;
        boolean whole = name.equals("game");
        return new Parts(
                whole ? List.of(new MoveOperation()) : List.of(),
                broken ? List.of(new Pieces(), new Pieces("task.list")) : whole ? List.of(new Pieces()) : List.of(),
                whole ? List.of(new MoveStep(platform)) : List.of(),
                whole ? List.of(new OffZero()) : List.of(),
                whole ? List.of(POINT) : List.of(),
                whole
                        ? List.of(
                                new BuiltIn<>(POINT, "seven", "1.0", () -> always(7), true),
                                new BuiltIn<>(POINT, "eight", "1.0", () -> always(8), false))
                        : List.of(),
                List.of(new Rules(author), (Clusters) snapshot -> List.of("board")),
                () -> closed++);
    }

    static final class Point implements DecisionPoint<Where, There, Became> {
        @Override
        public String name() {
            return "game.where";
        }

        @Override
        public Class<GameStrategy> strategyType() {
            return GameStrategy.class;
        }

        @Override
        public Class<Where> questionType() {
            return Where.class;
        }

        @Override
        public Class<There> answerType() {
            return There.class;
        }

        @Override
        public Class<Became> outcomeType() {
            return Became.class;
        }

        @Override
        public ObjectId subject(Where question) {
            return question.piece();
        }

        @Override
        public Duration deadline() {
            return Duration.ofMillis(5);
        }

        @Override
        public Strategy<Where, There, Became> fallback() {
            return (Where where, Context context) -> new Answer<>(new There(1), "fallback");
        }

        @Override
        public List<Guardrail<Where, There>> guardrails() {
            return List.of();
        }

        @Override
        public List<Check<Strategy<Where, There, Became>>> contract() {
            return List.of();
        }

        @Override
        public List<There> candidates(Where question, Snapshot snapshot) {
            return List.of();
        }
    }

    private record MoveOperation() implements Operation<Move, Piece> {
        @Override
        public OperationType<Move, Piece> type() {
            return MOVE;
        }

        @Override
        public Plan plan(Move move, Planning planning) {
            return new Plan(
                    List.of(move.piece()),
                    List.of(new Step("move " + move.piece().value(), "game.move", move)));
        }

        @Override
        public Piece result(Move move, Plan plan, Snapshot after) {
            return after.rows(PIECE).find(move.piece()).orElseThrow();
        }
    }

    private record MoveStep(Platform platform) implements StepHandler<Move> {
        @Override
        public String kind() {
            return "game.move";
        }

        @Override
        public Class<Move> argumentsType() {
            return Move.class;
        }

        @Override
        public CompletionStage<?> apply(Move move, StepContext context) {
            return platform.decisions().reserve(POINT, new Where(move.piece()), (there, now) -> put(move, there, now));
        }

        private static ChangeSet put(Move move, There there, Snapshot now) {
            return new ChangeSet(
                    now.ref().revision(),
                    List.of(new Change.Put<>(PIECE, move.piece(), new Piece(move.piece(), there.at()))));
        }

        @Override
        public CompletionStage<?> undo(Move move, StepContext context) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<StepState> probe(Move move, StepContext context) {
            return CompletableFuture.completedFuture(StepState.DONE);
        }

        @Override
        public CompletionStage<String> preview(Move move, StepContext context) {
            return CompletableFuture.completedFuture("would move");
        }
    }

    private static final class OffZero implements Controller {
        @Override
        public String name() {
            return "game.offzero";
        }

        @Override
        public List<ObjectId> objects(Snapshot snapshot) {
            List<ObjectId> all = new java.util.ArrayList<>();
            snapshot.rows(PIECE).forEach(piece -> all.add(piece.id()));
            return all;
        }

        @Override
        public List<ObjectId> wokenBy(Change change, Snapshot snapshot) {
            return change.kind().equals(PIECE) ? List.of(change.id()) : List.of();
        }

        @Override
        public Next look(ObjectId object, Snapshot snapshot, java.time.Instant now) {
            int at = snapshot.rows(PIECE).find(object).map(Piece::at).orElse(-1);
            return at == 0 ? new Next.Run<>(MOVE, new Move(new PieceId(object.value()))) : new Next.Settled();
        }
    }

    private record Pieces(String name) implements View<Nothing, Piece> {
        Pieces() {
            this("game.pieces");
        }

        @Override
        public String summary() {
            return "Pieces";
        }

        @Override
        public Class<Nothing> parametersType() {
            return Nothing.class;
        }

        @Override
        public Class<Piece> rowType() {
            return Piece.class;
        }

        @Override
        public CompletionStage<Page<Piece>> read(Nothing nothing, Snapshot snapshot, PageRequest page) {
            List<Piece> all = new java.util.ArrayList<>();
            snapshot.rows(PIECE).forEach(all::add);
            return CompletableFuture.completedFuture(new Page<>(all));
        }
    }
}
