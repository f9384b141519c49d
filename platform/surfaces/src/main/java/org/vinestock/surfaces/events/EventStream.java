package org.vinestock.surfaces.events;

import org.jspecify.annotations.Nullable;
import org.vinestock.decision.DecisionFeed;
import org.vinestock.surfaces.events.Bulletin.News;
import org.vinestock.surfaces.events.Bulletin.Place;
import org.vinestock.surfaces.site.Site;

/**
 * Tells one listener what happened since it was last told. It keeps no queue, only where the listener is: whoever was too
 * slow is told to look anew, or how many decisions were left out.
 *
 * <p>Events: {@code changes} with rows put and removed, {@code anew} when these are no longer known, {@code decisions}. The id
 * of each is {@code revision.decision}, so that a listener which comes back goes on where it was. For one thread.
 */
final class EventStream {
    private Place place;

    /** Begins now, or where {@code lastId} says. */
    EventStream(Site site, @Nullable DecisionFeed feed, @Nullable String lastId) {
        Place now = new Place(site.inventory().committed().ref().revision(), feed == null ? 0 : feed.newest(), true);
        place = lastId == null ? now : goOn(lastId, now);
    }

    private static Place goOn(String lastId, Place now) {
        String[] parts = lastId.split("\\.", 2);
        try {
            long revision = Long.parseLong(parts[0]);
            long decision = parts.length == 2 ? Long.parseLong(parts[1]) : now.decision();
            return new Place(
                    Math.min(now.revision(), revision), Math.min(now.decision(), decision), revision > now.revision());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "Last-Event-ID \"" + lastId + "\"; accepted: the id of an event, such as 1042.77", e);
        }
    }

    /** What is new, as it is sent; shared with others, so not to be changed. Empty if nothing is. */
    byte[] tell(Bulletin bulletin) {
        News news = bulletin.after(place);
        place = news.then();
        return news.text();
    }
}
