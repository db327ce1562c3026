using ServiceDeskBot.Triage.Features;
using Xunit;

namespace ServiceDeskBot.Triage.Tests.Features;

public sealed class FeatureHashesTests
{
    [Fact]
    public void Read_Text_OrdersWordsPairsOfWordsPairsOfLettersLongGrams()
    {
        var reader = new FeatureHashes();

        reader.Read("wifi down");

        Assert.Equal(2, reader.UnigramCount);
        Assert.Equal(3, reader.WordCount - reader.UnigramCount); // start wifi, wifi down, down end
        Assert.Equal(10, reader.LongGramStart - reader.WordCount); // " w", "wi", "if", "fi", "i " and the five of "down"
        Assert.Equal(18, reader.Count - reader.LongGramStart); // of " wifi " four, three and two; the same of " down "
    }
}
