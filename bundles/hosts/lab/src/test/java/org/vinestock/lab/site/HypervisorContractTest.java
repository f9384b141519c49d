package org.vinestock.lab.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.vinestock.decision.Check;
import org.vinestock.kernel.schedule.SimulatedScheduler;
import org.vinestock.machines.HostReport;
import org.vinestock.machines.Hypervisor;
import org.vinestock.machines.Machine;
import org.vinestock.machines.MachineError;
import org.vinestock.machines.Offer;
import org.vinestock.machines.PowerAction;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.VmSpec;
import org.vinestock.machines.contract.HypervisorContract;
import org.vinestock.machines.contract.TriedHost;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.Lease;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;
import org.vinestock.time.Cancellable;

class HypervisorContractTest {
    @TestFactory
    Stream<DynamicTest> aLabHostKeepsTheContract() {
        return HypervisorContract.checks().stream()
                .map(check -> DynamicTest.dynamicTest(check.name(), () -> {
                    for (long seed = 0; seed < 20; seed++) {
                        run(check, seed, host -> host);
                    }
                }));
    }

    /** Each of these hosts is wrong in one way, and at least the named check sees it. */
    @TestFactory
    Stream<DynamicTest> theContractSees() {
        return Stream.of(
                caught("refuses an older epoch and changes nothing", host -> new WrongHost(host) {
                    @Override
                    Lease shown(Lease lease) {
                        return new Lease(lease.object(), lease.holder(), 1_000);
                    }
                }),
                caught("refuses an older epoch of a VM that is gone", host -> new WrongHost(host) {
                    @Override
                    Lease shown(Lease lease) {
                        return find(new VmId(lease.object().value())).isPresent()
                                ? lease
                                : new Lease(lease.object(), lease.holder(), 1_000);
                    }
                }),
                caught(
                        "refuses what was asked before a removal, also if nothing was there",
                        host -> new WrongHost(host) {
                            @Override
                            public CompletionStage<?> remove(VmId id, Lease lease) {
                                return find(id).isPresent()
                                        ? super.remove(id, lease)
                                        : CompletableFuture.completedFuture(null);
                            }
                        }),
                caught("makes a VM powered off, of the size asked for", host -> new WrongHost(host) {
                    @Override
                    PowerState reported(PowerState power) {
                        return PowerState.RUNNING;
                    }
                }),
                caught("starts, shuts down and stops a VM, also when asked twice", host -> new WrongHost(host) {
                    @Override
                    PowerState reported(PowerState power) {
                        return PowerState.STOPPED;
                    }
                }),
                caught("makes a VM once, however often it is asked", host -> new WrongHost(host) {
                    @Override
                    public CompletionStage<Machine> create(VmSpec spec, Lease lease) {
                        return find(spec.id()).isPresent()
                                ? CompletableFuture.failedFuture(new VinestockException(MachineError.VM_NOT_THERE, ""))
                                : super.create(spec, lease);
                    }
                }),
                caught("does not make a VM again with another size", host -> new WrongHost(host) {
                    @Override
                    public CompletionStage<Machine> create(VmSpec spec, Lease lease) {
                        return find(spec.id())
                                .<CompletionStage<Machine>>map(CompletableFuture::completedFuture)
                                .orElseGet(() -> super.create(spec, lease));
                    }
                }),
                caught("pauses, resumes and resets a VM, also when asked twice", host -> new WrongHost(host) {
                    @Override
                    PowerState reported(PowerState power) {
                        return power == PowerState.PAUSED ? PowerState.RUNNING : power;
                    }
                }),
                caught("pauses, resumes and resets a VM, also when asked twice", host -> new WrongHost(host) {
                    @Override
                    PowerAction asked(PowerAction action) {
                        return action == PowerAction.RESET ? PowerAction.STOP : action;
                    }
                }),
                caught("leaves a VM that is off as it is", host -> new WrongHost(host) {
                    @Override
                    PowerAction asked(PowerAction action) {
                        return action == PowerAction.RESUME ? PowerAction.START : action;
                    }
                }),
                caught("makes all that a VM is built of, or refuses it in words", host -> new WrongHost(host) {
                    @Override
                    public CompletionStage<Machine> create(VmSpec spec, Lease lease) {
                        VmSpec plain = new VmSpec(spec.id(), spec.millicores(), spec.memory(), spec.labels());
                        return super.create(plain, lease).thenCompose(made -> super.create(spec, lease));
                    }
                }),
                caught("reports what it is and, at first, no VM", host -> new WrongHost(host) {
                    @Override
                    double load(double load) {
                        return -1;
                    }
                }),
                caught("reports VMs in order of their names", host -> new WrongHost(host) {
                    @Override
                    List<HostReport.Found> machines(List<HostReport.Found> machines) {
                        List<HostReport.Found> turned = new ArrayList<>(machines);
                        java.util.Collections.reverse(turned);
                        return turned;
                    }
                }),
                caught("finds the VMs that are there and no others", host -> new WrongHost(host) {
                    @Override
                    public Optional<Machine> find(VmId id) {
                        return Optional.empty();
                    }
                }),
                caught("wakes after each change, and not once cancelled", host -> new WrongHost(host) {
                    @Override
                    public Cancellable onChange(Runnable wake) {
                        return () -> {};
                    }
                }),
                caught("wakes after each change, and not once cancelled", host -> new WrongHost(host) {
                    @Override
                    public Cancellable onChange(Runnable wake) {
                        super.onChange(wake);
                        return () -> {};
                    }
                }),
                caught("reports what a hundred calls in a row lead to", host -> new WrongHost(host) {
                    @Override
                    List<HostReport.Found> machines(List<HostReport.Found> machines) {
                        return machines.subList(0, Math.min(3, machines.size()));
                    }
                }));
    }

    private static DynamicTest caught(String name, UnaryOperator<Hypervisor> wrong) {
        Check<TriedHost> check = HypervisorContract.checks().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();
        return DynamicTest.dynamicTest("a host that breaks: " + name, () -> {
            AssertionError seen = null;
            try {
                run(check, 1, wrong);
            } catch (AssertionError e) {
                seen = e;
            }
            assertTrue(seen != null, "the check passed");
        });
    }

    private static void run(Check<TriedHost> check, long seed, UnaryOperator<Hypervisor> as) {
        check.run(() -> new SimulatedHost(seed, as), new Random(seed));
    }

    /** A lab host in a simulation of its own. */
    private static final class SimulatedHost implements TriedHost {
        private final SimulatedScheduler scheduler;
        private final Hypervisor hypervisor;
        private Instant now = Instant.EPOCH;

        SimulatedHost(long seed, UnaryOperator<Hypervisor> as) {
            scheduler = new SimulatedScheduler(seed, now, (lane, thrown) -> {
                throw new AssertionError("lane " + lane, thrown);
            });
            SiteShape shape = new SiteShape(1, 1, 1, 8_000, ByteCount.ofGib(32), seed, Duration.ofSeconds(5));
            hypervisor = as.apply(
                    new LabHost(new HostId("z1-r1-h01"), shape, new LabClock(scheduler), scheduler.lane("host")));
        }

        @Override
        public Hypervisor hypervisor() {
            return hypervisor;
        }

        @Override
        public void settle() {
            now = now.plusSeconds(10);
            assertTrue(scheduler.run(now, 10_000) < 10_000, "the host does not come to rest");
            assertEquals(now, scheduler.instant());
        }
    }

    /** A host that passes everything on; those above change one thing. */
    private static class WrongHost implements Hypervisor {
        private final Hypervisor right;

        WrongHost(Hypervisor right) {
            this.right = right;
        }

        Lease shown(Lease lease) {
            return lease;
        }

        PowerState reported(PowerState power) {
            return power;
        }

        PowerAction asked(PowerAction action) {
            return action;
        }

        double load(double load) {
            return load;
        }

        List<HostReport.Found> machines(List<HostReport.Found> machines) {
            return machines;
        }

        @Override
        public HostId host() {
            return right.host();
        }

        @Override
        public CompletionStage<HostReport> report() {
            return right.report()
                    .thenApply(report -> new HostReport(
                            report.host(),
                            report.millicores(),
                            report.memory(),
                            load(report.load()),
                            machines(report.machines().stream()
                                    .map(found -> new HostReport.Found(
                                            found.id(), reported(found.power()), found.millicores(), found.memory()))
                                    .toList()),
                            true));
        }

        @Override
        public CompletionStage<Machine> create(VmSpec spec, Lease lease) {
            return right.create(spec, shown(lease)).thenApply(this::wrapped);
        }

        @Override
        public Optional<Machine> find(VmId id) {
            return right.find(id).map(this::wrapped);
        }

        @Override
        public CompletionStage<?> remove(VmId id, Lease lease) {
            return right.remove(id, shown(lease));
        }

        @Override
        public Cancellable onChange(Runnable wake) {
            return right.onChange(wake);
        }

        private Machine wrapped(Machine machine) {
            return new Machine() {
                @Override
                public VmId id() {
                    return machine.id();
                }

                @Override
                public CompletionStage<?> power(PowerAction action, Lease lease) {
                    return machine.power(asked(action), shown(lease));
                }

                @Override
                public CompletionStage<?> delete(Lease lease) {
                    return machine.delete(shown(lease));
                }

                @Override
                public <C> Offer<C> capability(Class<C> type) {
                    return machine.capability(type);
                }
            };
        }
    }
}
