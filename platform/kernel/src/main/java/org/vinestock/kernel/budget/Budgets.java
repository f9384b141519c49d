package org.vinestock.kernel.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.vinestock.kernel.alarm.Alarms;
import org.vinestock.kernel.strategies.Keeper;
import org.vinestock.kernel.strategies.Kept;
import org.vinestock.operation.Expense;
import org.vinestock.operation.Expense.Acting;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/**
 * The budgets of all clusters. A task asks before its first step; who gets nothing waits in line, and is told when its turn
 * has come. What people ask for is counted and never refused.
 *
 * <p>What the last hour took is kept across restarts, minute by minute.
 *
 * <p><b>Calls.</b> From any thread, never blocks; whoever waits is told on a lane.
 */
public final class Budgets {
    private static final Duration SOON = Duration.ofMillis(1);
    private static final String USED_UP = "budget-used-up";

    private final Scheduler scheduler;
    private final @Nullable Keeper keeper;
    private volatile HostsOff hosts = HostsOff.UNKNOWN;
    private final Lane lane;
    private final Map<String, Account> accounts = new TreeMap<>();
    private BudgetLimits limits;
    private @Nullable Alarms alarms;

    /** Knows how many hosts a cluster has, and how many of them are off or down. */
    public interface HostsOff {
        /** Of clusters that nobody knows. */
        HostsOff UNKNOWN = cluster -> null;

        /** Counts; null = nobody knows the cluster. */
        @Nullable
        Count count(String cluster);

        /** What was counted. */
        record Count(int hosts, int off) {}
    }

    /** Makes some with what the last hour took. {@code keeper}: null = nothing is kept. */
    public Budgets(Scheduler scheduler, BudgetLimits limits, @Nullable Keeper keeper) {
        this.scheduler = scheduler;
        this.limits = limits;
        this.keeper = keeper;
        lane = scheduler.lane("budgets");
        for (Kept kept : keeper == null ? List.<Kept>of() : keeper.former()) {
            if (kept.what().equals(Kept.BUDGET)) {
                Account account = account(kept.key());
                account.taken().restore(kept.value());
            }
        }
    }

    /** Makes some that bound nothing and keep nothing. */
    public static Budgets unlimited(Scheduler scheduler) {
        return new Budgets(scheduler, BudgetLimits.NONE, null);
    }

    /** Says who knows how many hosts are off. */
    public void hosts(HostsOff knowing) {
        hosts = knowing;
    }

    /** Says whom to tell when an hour's budget is used up and somebody waits: that may last until the hour is over. */
    public synchronized void alarms(Alarms told) {
        alarms = told;
    }

    /** Sets other limits; who waits is looked at again. */
    public synchronized void limits(BudgetLimits changed) {
        limits = changed;
        accounts.values().forEach(this::serve);
    }

    /** The limits. */
    public synchronized BudgetLimits limits() {
        return limits;
    }

    /**
     * Asks for an expense.
     *
     * @param clusters where; the first one's budget is asked
     * @param bound whether it waits if the budget is used up; else it is counted only
     * @param granted is run on a lane when a ticket that had to wait need not any longer
     */
    public synchronized Ticket ask(Expense expense, List<String> clusters, boolean bound, Runnable granted) {
        Account account = account(Account.key(expense.acting(), clusters.isEmpty() ? "" : clusters.get(0)));
        Ticket ticket = new Ticket(expense, account, granted);
        Refusal refusal = bound ? refusal(account, ticket) : null;
        if (refusal == null) {
            grant(ticket);
        } else {
            refused(ticket, refusal);
            account.waiting().add(ticket);
            lookAt(account, refusal.next());
            tell(account);
        }
        return ticket;
    }

    /** Takes an expense back into the books that an earlier process had granted, and that is still being made. */
    public synchronized Ticket goOn(Expense expense, List<String> clusters) {
        Account account = account(Account.key(expense.acting(), clusters.isEmpty() ? "" : clusters.get(0)));
        Ticket ticket = new Ticket(expense, account, () -> {});
        ticket.grant(null);
        account.inFlight(1);
        return ticket;
    }

    /** The expense has been made, or nothing came of it, so that it does not count; or nobody waits for it any more. */
    public synchronized void end(Ticket ticket, boolean made) {
        Account account = ticket.account();
        if (!ticket.granted()) {
            account.waiting().remove(ticket);
            tell(account);
            return;
        }
        account.inFlight(-1);
        if (made) {
            account.made(
                    subject(ticket),
                    scheduler.instant(),
                    limits.of(account.acting()).coolDown());
        } else {
            account.taken().giveBack(ticket.at());
        }
        keep(account);
        serve(account);
    }

    private Account account(String key) {
        return accounts.computeIfAbsent(key, Account::new);
    }

    private static String subject(Ticket ticket) {
        return ticket.expense().subject().kind()
                + '/'
                + ticket.expense().subject().value();
    }

    /** Why nothing is given, and when to look again. {@code ofAll}: whether nobody gets anything, not this one alone. */
    private record Refusal(String because, @Nullable Instant next, boolean ofAll) {}

    private @Nullable Refusal refusal(Account account, Ticket ticket) {
        BudgetLimits.Limit limit = limits.of(account.acting());
        Instant now = scheduler.instant();
        account.taken().forgetBefore(now);
        if (limit.inFlight() > 0 && account.inFlight() >= limit.inFlight()) {
            return new Refusal(
                    account.inFlight() + " of " + limit.inFlight() + " " + account.words() + " at once"
                            + account.where() + " are under way",
                    null,
                    true);
        }
        if (limit.perHour() > 0 && account.taken().count() >= limit.perHour()) {
            Instant next = account.taken().next(limit.perHour());
            return new Refusal(
                    account.taken().count() + " of " + limit.perHour() + " " + account.words() + " an hour"
                            + account.where() + " are used; next at " + Account.time(next),
                    next,
                    true);
        }
        Instant last = account.last(subject(ticket));
        Instant cooled = last == null ? now : last.plus(limit.coolDown());
        if (cooled.isAfter(now)) {
            return new Refusal("it is cooling down after the last one until " + Account.time(cooled), cooled, false);
        }
        return account.acting() == Acting.HOST_OFF ? tooManyOff(account) : null;
    }

    private @Nullable Refusal tooManyOff(Account account) {
        HostsOff.Count count = hosts.count(account.cluster());
        if (count == null) {
            return null;
        }
        int most = count.hosts() * limits.hostsOffPercent() / 100;
        int would = count.off() + account.inFlight() + 1;
        return would <= most
                ? null
                : new Refusal(
                        count.off() + " of " + count.hosts() + " hosts" + account.where() + " are off; at most " + most
                                + ", " + limits.hostsOffPercent() + " %, may be",
                        scheduler.instant().plusSeconds(60),
                        false);
    }

    private void grant(Ticket ticket) {
        Account account = ticket.account();
        Instant now = scheduler.instant();
        ticket.grant(now);
        account.inFlight(1);
        account.taken().add(now);
        keep(account);
    }

    /** Lets those who wait have what there is by now, in their order; one that cools down holds up nobody. */
    private void serve(Account account) {
        Instant next = null;
        Iterator<Ticket> line = account.waiting().iterator();
        while (line.hasNext()) {
            Ticket ticket = line.next();
            Refusal refusal = refusal(account, ticket);
            if (refusal == null) {
                line.remove();
                grant(ticket);
                lane.execute(ticket.told());
            } else {
                refused(ticket, refusal);
                next = sooner(next, refusal.next());
                if (full(account)) {
                    break;
                }
            }
        }
        if (!account.waiting().isEmpty()) {
            lookAt(account, next);
        }
        tell(account);
    }

    private void tell(Account account) {
        boolean stuck = !account.waiting().isEmpty() && usedUp(account);
        if (alarms == null || stuck == account.alarmed()) {
            return;
        }
        account.alarmed(stuck);
        String subject = account.words() + account.where();
        if (stuck) {
            alarms.raise(
                    subject,
                    USED_UP,
                    limits.of(account.acting()).perHour()
                            + " an hour are used up and more wait in line, see platform:budgets; "
                            + account.perHourKey() + " in etc/org.vinestock.budgets.cfg allows more, at once");
        } else {
            alarms.clear(subject, USED_UP);
        }
    }

    private static @Nullable Instant sooner(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && other.isBefore(one)) ? other : one;
    }

    private static void refused(Ticket ticket, Refusal refusal) {
        if (refusal.ofAll()) {
            ticket.account().because(refusal.because());
        }
        ticket.because(refusal.ofAll() ? null : refusal.because());
    }

    /** Whether there is nothing for anybody. */
    private boolean full(Account account) {
        BudgetLimits.Limit limit = limits.of(account.acting());
        return (limit.inFlight() > 0 && account.inFlight() >= limit.inFlight()) || usedUp(account);
    }

    private boolean usedUp(Account account) {
        int perHour = limits.of(account.acting()).perHour();
        return perHour > 0 && account.taken().count() >= perHour;
    }

    /** Looks at an account's line again at a time; null = something else will cause it. */
    private void lookAt(Account account, @Nullable Instant at) {
        if (at == null || (account.looksAt() != null && !at.isBefore(account.looksAt()))) {
            return;
        }
        Cancellable former = account.timer();
        if (former != null) {
            former.cancel();
        }
        Duration in = Duration.between(scheduler.instant(), at);
        Cancellable timer = scheduler.after(in.compareTo(SOON) < 0 ? SOON : in, lane, () -> {
            synchronized (this) {
                account.looks(null, null);
                serve(account);
            }
        });
        account.looks(at, timer);
    }

    private void keep(Account account) {
        if (keeper != null && !account.keeps()) {
            account.keeps(true);
            lane.execute(() -> {
                String value;
                synchronized (this) {
                    account.keeps(false);
                    account.taken().forgetBefore(scheduler.instant());
                    value = account.taken().text();
                }
                var unused = keeper.keep(Kept.BUDGET, account.key(), value, "", "vinestock");
            });
        }
    }

    /** What an account has, for people. */
    public record Line(
            Acting acting,
            String cluster,
            int inFlight,
            int inFlightLimit,
            int lastHour,
            int perHourLimit,
            Duration coolDown,
            int waiting,
            String message) {}

    /** All accounts from which something was asked, by kind and cluster. */
    public synchronized List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (Account account : accounts.values()) {
            account.taken().forgetBefore(scheduler.instant());
            BudgetLimits.Limit limit = limits.of(account.acting());
            Ticket first = account.waiting().stream().findFirst().orElse(null);
            lines.add(new Line(
                    account.acting(),
                    account.cluster(),
                    account.inFlight(),
                    limit.inFlight(),
                    account.taken().count(),
                    limit.perHour(),
                    limit.coolDown(),
                    account.waiting().size(),
                    first == null ? "" : first.text()));
        }
        return lines;
    }
}
