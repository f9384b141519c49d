package org.vinestock.kernel.budget;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.vinestock.kernel.alarm.Alarms;
import org.vinestock.kernel.budget.Ticket.Place;
import org.vinestock.kernel.strategies.Keeper;
import org.vinestock.kernel.strategies.Kept;
import org.vinestock.operation.Expense;
import org.vinestock.operation.Expense.Acting;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/**
 * The budgets of all clusters. A task asks before its first step; who gets nothing waits in line, and is called when there is
 * room. Spent is it later: in the turn that reserves what was decided, or before the first step that acts without one. What
 * people ask for is counted and never refused.
 *
 * <p>What the last hour took is kept across restarts, minute by minute, before what it was spent for. Hours are those of the
 * scheduler's nanoseconds, which no step of the clock changes.
 *
 * <p><b>Calls.</b> From any thread, never blocks; whoever waits is told on a lane.
 */
public final class Budgets {
    private static final Duration SOON = Duration.ofMillis(1);
    private static final String USED_UP = "budget-used-up";
    private static final Duration A_WHILE = Duration.ofMinutes(1);

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
                account.taken().restore(kept.value(), scheduler.instant(), scheduler.nanoTime());
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
     * Asks for an expense to come: there is room for it, or it waits in line.
     *
     * @param clusters where; the first one's budget is asked
     * @param bound whether it waits if the budget is used up; else it is counted only
     * @param granted is run on a lane when a ticket that had to wait need not any longer
     */
    public synchronized Ticket ask(Expense expense, List<String> clusters, boolean bound, Runnable granted) {
        Ticket ticket = new Ticket(expense, account(expense.acting(), clusters), bound, granted);
        ask(ticket);
        return ticket;
    }

    /** Asks once more for one that was let go; one that waits, or need not, stays as it is. */
    public synchronized void ask(Ticket ticket) {
        if (ticket.place() == Place.AWAY) {
            Refusal refusal = refusal(ticket);
            if (refusal == null) {
                call(ticket);
            } else {
                line(ticket, refusal);
            }
        }
    }

    /**
     * Spends it, in the turn that reserves or before the step that acts: what there is now counts, where it is spent. Spent
     * already, it stays so.
     *
     * @param clusters where; empty = where it was asked for
     * @return why it waits in line now; null if it is spent
     */
    public synchronized @Nullable String spend(Ticket ticket, List<String> clusters) {
        if (ticket.place() == Place.SPENT) {
            return null;
        }
        Account former = ticket.account();
        leave(ticket);
        ticket.goTo(clusters, this);
        Refusal refusal = refusal(ticket);
        if (refusal == null) {
            long now = scheduler.nanoTime();
            ticket.spentAt(now);
            ticket.place(Place.SPENT);
            ticket.account().inFlight(1);
            ticket.account().taken().add(now);
            keep(ticket.account());
            tell(ticket.account());
        } else {
            line(ticket, refusal);
        }
        if (refusal != null || !former.equals(ticket.account())) {
            serve(former);
        }
        return refusal == null ? null : ticket.text();
    }

    /** Takes an expense back into the books that an earlier process had granted, and that is still being made. */
    public synchronized Ticket goOn(Expense expense, List<String> clusters) {
        Ticket ticket = new Ticket(expense, account(expense.acting(), clusters), false, () -> {});
        ticket.place(Place.SPENT);
        ticket.account().inFlight(1);
        return ticket;
    }

    /** Nothing is to be spent for now: others may. What is spent stays so. */
    public synchronized void letGo(Ticket ticket) {
        if (ticket.place() != Place.SPENT) {
            leave(ticket);
            serve(ticket.account());
        }
    }

    /** The expense has been made, or nothing came of it, so that it does not count; or nobody waits for it any more. */
    public synchronized void end(Ticket ticket, boolean made) {
        if (ticket.place() != Place.SPENT) {
            letGo(ticket);
            return;
        }
        Account account = ticket.account();
        ticket.place(Place.AWAY);
        account.inFlight(-1);
        if (made) {
            Duration coolDown = limits.of(account.acting()).coolDown();
            account.made(ticket.subject(), scheduler.nanoTime(), coolDown);
        } else {
            account.taken().giveBack(ticket.spentAt());
        }
        keep(account);
        serve(account);
    }

    /** The clock was stepped: what is kept of the last hour is written down anew, by the new time. */
    public synchronized void clockStepped() {
        accounts.values().stream()
                .filter(account -> account.taken().count() > 0)
                .forEach(this::keep);
    }

    Account account(Acting acting, List<String> clusters) {
        return account(Account.key(acting, clusters.isEmpty() ? "" : clusters.get(0)));
    }

    private Account account(String key) {
        return accounts.computeIfAbsent(key, Account::new);
    }

    private static void call(Ticket ticket) {
        ticket.place(Place.CALLED);
        ticket.account().called(1);
    }

    private void line(Ticket ticket, Refusal refusal) {
        Account account = ticket.account();
        ticket.place(Place.IN_LINE);
        refused(ticket, refusal);
        account.waiting().add(ticket);
        lookAt(account, refusal.in());
        tell(account);
    }

    /** It waits no more, and is called no more. */
    private static void leave(Ticket ticket) {
        Account account = ticket.account();
        if (ticket.place() == Place.IN_LINE) {
            account.waiting().remove(ticket);
        } else if (ticket.place() == Place.CALLED) {
            account.called(-1);
        }
        ticket.place(Place.AWAY);
    }

    /** Why nothing is given, and when to look again. {@code ofAll}: whether nobody gets anything, not this one alone. */
    private record Refusal(String because, @Nullable Duration in, boolean ofAll) {}

    private @Nullable Refusal refusal(Ticket ticket) {
        Account account = ticket.account();
        BudgetLimits.Limit limit = limits.of(account.acting());
        if (!ticket.bound()) {
            return null;
        }
        if (limit.inFlight() > 0 && account.inFlight() >= limit.inFlight()) {
            return new Refusal(
                    account.inFlight() + " of " + limit.inFlight() + " " + account.words() + " at once"
                            + account.where() + " are under way",
                    null,
                    true);
        }
        long now = scheduler.nanoTime();
        account.taken().forgetBefore(now);
        int used = account.taken().count() + account.called();
        if (limit.perHour() > 0 && used >= limit.perHour()) {
            Duration in = account.taken().until(limit.perHour() - account.called(), now);
            return new Refusal(
                    used + " of " + limit.perHour() + " " + account.words() + " an hour" + account.where() + " are used"
                            + (in == null ? "" : "; next at " + time(in)),
                    in,
                    true);
        }
        Duration cools = account.cools(ticket.subject(), now, limit.coolDown());
        if (cools.compareTo(Duration.ZERO) > 0) {
            return new Refusal("it is cooling down after the last one until " + time(cools), cools, false);
        }
        return account.acting() == Acting.HOST_OFF ? tooManyOff(account) : null;
    }

    private String time(Duration in) {
        return Account.time(scheduler.instant().plus(in));
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
                        A_WHILE,
                        false);
    }

    /** Lets those who wait have what there is by now, in their order; one that cools down holds up nobody. */
    private void serve(Account account) {
        Duration next = null;
        Iterator<Ticket> line = account.waiting().iterator();
        while (line.hasNext()) {
            Ticket ticket = line.next();
            Refusal refusal = refusal(ticket);
            if (refusal == null) {
                line.remove();
                call(ticket);
                lane.execute(ticket.told());
            } else {
                refused(ticket, refusal);
                next = sooner(next, refusal.in());
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

    private static @Nullable Duration sooner(@Nullable Duration one, @Nullable Duration other) {
        return one == null || (other != null && other.compareTo(one) < 0) ? other : one;
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
        return (limit.inFlight() > 0 && account.inFlight() >= limit.inFlight())
                || (limit.perHour() > 0 && account.taken().count() + account.called() >= limit.perHour());
    }

    /** Whether what was spent leaves nothing for this hour. */
    private boolean usedUp(Account account) {
        int perHour = limits.of(account.acting()).perHour();
        return perHour > 0 && account.taken().count() >= perHour;
    }

    /** Looks at an account's line again after a time; null = something else will cause it. */
    private void lookAt(Account account, @Nullable Duration in) {
        if (in == null) {
            return;
        }
        long at = scheduler.nanoTime() + in.toNanos();
        Long looks = account.looksAt();
        if (looks != null && at - looks >= 0) {
            return;
        }
        Cancellable former = account.timer();
        if (former != null) {
            former.cancel();
        }
        Cancellable timer = scheduler.after(in.compareTo(SOON) < 0 ? SOON : in, lane, () -> {
            synchronized (this) {
                account.looks(null, null);
                serve(account);
            }
        });
        account.looks(at, timer);
    }

    /** At once: what is reserved after this is durable after this. */
    private void keep(Account account) {
        if (keeper != null) {
            account.taken().forgetBefore(scheduler.nanoTime());
            String value = account.taken().text(scheduler.instant(), scheduler.nanoTime());
            var unused = keeper.keep(Kept.BUDGET, account.key(), value, "", "vinestock");
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
            account.taken().forgetBefore(scheduler.nanoTime());
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
