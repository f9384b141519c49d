package org.vinestock.benchmarks.decide;

import java.time.Duration;
import java.util.List;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Check;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.decision.Guardrail;
import org.vinestock.decision.Strategy;
import org.vinestock.inventory.Snapshot;
import org.vinestock.model.ObjectId;
import org.vinestock.model.VmId;

/** A point whose strategies do next to nothing, so that what is measured is the platform. */
record Pick(String name, Duration deadline, int sampling)
        implements DecisionPoint<Pick.Question, Pick.Choice, Pick.Became> {
    static final Choice CHOICE = new Choice(1);

    /** Makes one of which each decision is recorded. */
    Pick(String name, Duration deadline) {
        this(name, deadline, 1);
    }

    /** The question. */
    record Question(VmId vm) {}

    /** The choice. */
    record Choice(int number) {}

    /** What became of it. */
    record Became(boolean good) {}

    static Answer<Choice> answer() {
        return new Answer<>(CHOICE, "it is the only one");
    }

    @Override
    public Class<? extends Strategy<Question, Choice, Became>> strategyType() {
        return Picker.class;
    }

    /** What strategies of this point implement. */
    interface Picker extends Strategy<Question, Choice, Became> {}

    @Override
    public Class<Question> questionType() {
        return Question.class;
    }

    @Override
    public Class<Choice> answerType() {
        return Choice.class;
    }

    @Override
    public Class<Became> outcomeType() {
        return Became.class;
    }

    @Override
    public ObjectId subject(Question question) {
        return question.vm();
    }

    @Override
    public Strategy<Question, Choice, Became> fallback() {
        return (question, context) -> answer();
    }

    @Override
    public List<Guardrail<Question, Choice>> guardrails() {
        return List.of((question, choice, now) -> List.of());
    }

    @Override
    public List<Check<Strategy<Question, Choice, Became>>> contract() {
        return List.of();
    }

    @Override
    public List<Choice> candidates(Question question, Snapshot snapshot) {
        return List.of(CHOICE);
    }
}
