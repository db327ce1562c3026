using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Running;

/// <summary>What stands in a text; a failure shows the whole of it.</summary>
public static class Reads
{
    public static void Contains(string words, string text) =>
        Assert.True(text.Contains(words, StringComparison.Ordinal), $"Not there: {words}\nWhat there is:\n{text}");
}
