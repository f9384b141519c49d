package org.vinestock.kernel.site;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.area.Area;
import org.vinestock.area.Platform;
import org.vinestock.audit.Audit;
import org.vinestock.backup.Backups;
import org.vinestock.decision.DecisionFeed;
import org.vinestock.decision.Decisions;
import org.vinestock.inventory.Inventories;
import org.vinestock.inventory.Inventory;
import org.vinestock.journal.Archives;
import org.vinestock.journal.Journal;
import org.vinestock.kernel.act.Counters;
import org.vinestock.kernel.act.Restraints;
import org.vinestock.kernel.act.TaskEngine;
import org.vinestock.kernel.audit.AuditParts;
import org.vinestock.kernel.budget.Budgets;
import org.vinestock.kernel.decide.DecisionKernel;
import org.vinestock.kernel.json.JsonCodec;
import org.vinestock.kernel.json.ParameterCheck;
import org.vinestock.kernel.ledger.LedgerArchive;
import org.vinestock.kernel.permit.Modes;
import org.vinestock.kernel.plugin.ThreadWorker;
import org.vinestock.kernel.report.ReportParts;
import org.vinestock.kernel.report.ReportShelf;
import org.vinestock.kernel.strategies.FileStateLog;
import org.vinestock.kernel.strategies.Keeper;
import org.vinestock.kernel.turn.DecisionLimits;
import org.vinestock.task.Operations;
import org.vinestock.time.Scheduler;
import org.vinestock.view.Views;

/**
 * The live site. Its services are published last at the start and withdrawn first at the end, so that whoever uses them
 * sees a whole site; areas come and go meanwhile.
 */
@Component(
        service = {},
        configurationPid = DecisionSettings.PID)
@Designate(ocd = DecisionSettings.Configuration.class)
public final class ControlPlaneComponent {
    private static final Logger LOG = LoggerFactory.getLogger(ControlPlaneComponent.class);
    private static final long DECISION_BLOCK = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ParameterCheck check = new ParameterCheck();
    private final TwinThreads twinThreads = new TwinThreads(PATIENCE);
    private final Deque<ServiceRegistration<?>> published = new ArrayDeque<>();
    private final JsonCodec codec = new JsonCodec();
    private final FileStateLog states;
    private final DecisionKernel decisions;
    private final TaskEngine engine;
    private final ControlPlane plane;

    /**
     * Puts the site together, without areas.
     *
     * @throws IOException if what is kept in the home cannot be read or kept
     */
    @Activate
    public ControlPlaneComponent(
            BundleContext bundle,
            @Reference Scheduler scheduler,
            @Reference Inventory inventory,
            @Reference Inventories inventories,
            @Reference Audit audit,
            @Reference Backups backups,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    @Nullable
                    Journal journal,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    @Nullable
                    Archives archives,
            @Reference BudgetSettings budgets,
            DecisionSettings.Configuration configuration)
            throws IOException {
        Path home = Path.of(System.getProperty("vinestock.home", System.getProperty("karaf.base", "")));
        states = new FileStateLog(home.resolve("state").resolve("strategies.log"), codec);
        Keeper keeper = KeptBefore.states(journal, states, audit, codec, scheduler);
        Counters counters = KeptBefore.counters(journal);
        decisions = new DecisionKernel(
                scheduler,
                inventory,
                ThreadWorker::hire,
                DecisionSettings.limits(configuration, LOG::error),
                keeper,
                LOG::warn,
                counters.numbers("decision", 1, DECISION_BLOCK),
                archives == null
                        ? null
                        : new LedgerArchive(
                                archives,
                                DecisionSettings.keeping(configuration, LOG::error),
                                scheduler.lane("archive")));
        Restraints restraints = new Restraints(
                FreezeChecks.of(decisions.freeze()),
                new Budgets(scheduler, budgets.limits(), keeper),
                new Modes(keeper));
        engine = new TaskEngine(
                scheduler, inventory, check, restraints, KeptBefore.tasks(journal, audit, codec), counters);
        budgets.onChange(restraints.budgets()::limits);
        plane = new ControlPlane(
                scheduler,
                inventory,
                decisions,
                engine,
                new TwinMaker(inventories, check, twinThreads),
                List.of(
                        PlatformParts.of(
                                bundle.getBundle().getVersion().toString(), home.toString(), scheduler, engine),
                        AuditParts.of(audit, scheduler.lane("audit")),
                        BackupOperation.of(backups, scheduler.lane("backup")),
                        ReportParts.of(new ReportShelf(home.resolve("reports"), codec, scheduler, site()), scheduler)));
    }

    /** Where people find the site's pages. */
    private static String site() {
        return "http://127.0.0.1:" + System.getProperty("vinestock.http.port", "8181");
    }

    /** Brings in an area; those that are there already come before {@link #publish}. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addArea(Area area, ServiceReference<Area> reference) {
        Bundle provider = reference.getBundle();
        plane.add(new Provider(
                area, provider.getSymbolicName(), provider.getVersion().toString()));
    }

    void removeArea(Area area) {
        plane.remove(area);
    }

    /** Keeps the site as it is: whoever uses it would have to start anew. */
    @Modified
    void changed(DecisionSettings.Configuration configuration) {
        DecisionLimits unused = DecisionSettings.limits(configuration, LOG::error);
        LOG.info("etc/{}.cfg is heeded at the next start", DecisionSettings.PID);
    }

    @Activate
    void publish(BundleContext bundle) {
        plane.watchClock();
        plane.keepViewsReady();
        publish(bundle, DecisionKernel.class, decisions);
        publish(bundle, Decisions.class, decisions);
        publish(bundle, DecisionFeed.class, decisions.feed());
        publish(bundle, Operations.class, engine);
        publish(bundle, Views.class, plane);
        publish(bundle, Platform.class, plane);
    }

    private <S> void publish(BundleContext bundle, Class<S> type, S service) {
        published.push(bundle.registerService(type, service, null));
    }

    @Deactivate
    void close() {
        while (!published.isEmpty()) {
            published.pop().unregister();
        }
        plane.close();
        twinThreads.close();
        check.close();
        try {
            states.close();
        } catch (IOException e) {
            LOG.error("the states of strategies could not be closed", e);
        }
    }
}
