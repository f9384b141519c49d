package com.acme.placement;

import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import org.vinestock.decision.Alternative;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Context;
import org.vinestock.decision.VinestockStrategy;
import org.vinestock.placement.HostScan;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.PlacementStrategy;

/**
 * Puts a VM where it evens out what is free: a VM that needs much memory goes to a host with memory to spare and few
 * cores, and the other way round. So no host ends with idle cores that nobody can use for want of memory. Of hosts where
 * it makes no difference the fullest one is chosen, so that whole hosts stay free for large VMs.
 *
 * <p>How uneven a host is: how far the free share of its cores and the free share of its memory lie apart.
 */
@Component(service = PlacementStrategy.class, scope = ServiceScope.PROTOTYPE)
@VinestockStrategy(point = "placement.place", name = "acme")
public final class EveningPlacement implements PlacementStrategy {
    /** Differences below a sixteenth of a host are not worth a less full host. */
    private static final double STEPS = 16;

    @Override
    public Answer<Placement> answer(PlacementQuestion question, Context context) {
        HostScan scan = new HostScan(question, context.snapshot());
        int best = -1;
        int second = -1;
        double lowest = Double.MAX_VALUE;
        double next = Double.MAX_VALUE;
        for (int row = 0; row < scan.end(); row++) {
            if (scan.fits(row)) {
                double cost = cost(question, scan, row);
                if (cost < lowest) {
                    second = best;
                    next = lowest;
                    best = row;
                    lowest = cost;
                } else if (cost < next) {
                    second = row;
                    next = cost;
                }
            }
        }
        Answer<Placement> answer = scan.answer(best, second < 0 ? List.of() : List.of(runnerUp(scan, second, next)));
        return best < 0 ? answer : explained(answer, lowest);
    }

    /** Whole numbers: how much more uneven the host becomes, in steps; behind the point: how much of it stays free. */
    private static double cost(PlacementQuestion question, HostScan scan, int row) {
        double cores = scan.hosts().millicores(row);
        double memory = scan.hosts().memory(row);
        double freeCores = scan.freeMillicores(row) / cores;
        double freeMemory = scan.freeMemory(row) / memory;
        double coresLeft = freeCores - question.millicores() / cores;
        double memoryLeft = freeMemory - question.memory().bytes() / memory;
        double worse = Math.abs(coresLeft - memoryLeft) - Math.abs(freeCores - freeMemory);
        return Math.rint(worse * STEPS) + (coresLeft + memoryLeft) / 2.01;
    }

    private static Alternative<Placement> runnerUp(HostScan scan, int row, double cost) {
        return new Alternative<>(new Placement.Placed(scan.hosts().id(row)), -cost);
    }

    private static Answer<Placement> explained(Answer<Placement> answer, double cost) {
        String why = cost < 0 ? "; evens out cores and memory" : "; the fullest";
        return new Answer<>(answer.choice(), answer.because() + why, answer.alternatives(), answer.vetoes());
    }
}
