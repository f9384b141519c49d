package org.vinestock.dataplane;

import java.util.List;

/**
 * What a check of an image found.
 *
 * @param leaks clusters that nothing refers to: room is lost, nothing else
 * @param corruptions places where the image contradicts itself
 * @param repaired how many of both were put in order
 * @param findings sentences, at most a hundred
 */
public record ImageCheck(long leaks, long corruptions, long repaired, List<String> findings) {
    /** Copies the list. */
    public ImageCheck {
        findings = List.copyOf(findings);
    }
}
