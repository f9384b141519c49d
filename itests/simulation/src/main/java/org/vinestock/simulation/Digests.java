package org.vinestock.simulation;

import java.util.stream.LongStream;
import org.vinestock.simulation.fault.Fault;

/** Prints what comes of some stories, a digest a line, so that two JVMs can be compared. */
public final class Digests {
    private Digests() {}

    /** Tells the stories of the first seeds. {@code arguments}: how many, and perhaps a fault. */
    public static void main(String[] arguments) {
        Setup setup = arguments.length > 1 ? Fault.valueOf(arguments[1]).setup() : Setup.SOUND;
        System.out.print(of(Integer.parseInt(arguments[0]), setup));
    }

    /** The digests of the first seeds' stories. */
    public static String of(int seeds, Setup setup) {
        StringBuilder digests = new StringBuilder();
        LongStream.rangeClosed(1, seeds)
                .forEach(seed -> digests.append(seed)
                        .append(' ')
                        .append(Telling.tell(Storyteller.story(seed), setup, false)
                                .digest())
                        .append('\n'));
        return digests.toString();
    }
}
