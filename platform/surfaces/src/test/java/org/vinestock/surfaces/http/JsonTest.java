package org.vinestock.surfaces.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void writesDocuments() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("text", "a \"b\"\n\\");
        document.put("list", Arrays.asList(1, true, null, new Json.Raw("{}")));
        assertEquals("{\"text\":\"a \\\"b\\\"\\u000a\\\\\",\"list\":[1,true,null,{}]}", Json.write(document));
    }

    @Test
    void findsTheNamesOfAnObjectButNotThoseWithin() {
        assertEquals(
                List.of("a", "b", "c"),
                List.copyOf(
                        Json.names("{\"a\": {\"x\": 1, \"y\": [\"z\"]}, \"b\": \"c,\\\"d\\\"\", \"c\": [1, \"e\"]}")));
    }

    @Test
    void survivesWhatIsNoJson() {
        assertEquals(List.of("a"), List.copyOf(Json.names("{\"a\": \"\\")));
        assertEquals(List.of(), List.copyOf(Json.names("]]\"x\"")));
    }
}
