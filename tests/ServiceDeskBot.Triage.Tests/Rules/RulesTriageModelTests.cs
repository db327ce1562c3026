using ServiceDeskBot.Triage.Rules;
using Xunit;

namespace ServiceDeskBot.Triage.Tests.Rules;

public sealed class RulesTriageModelTests
{
    private readonly RulesTriageModel _rules = new();

    [Theory]
    [InlineData("the printer is broken", "incident", "printing")]
    [InlineData("i need access to the finance folder please", "request", "access")]
    [InlineData("how do i connect to the vpn", "question", "remote-access")]
    [InlineData("hi", "smalltalk", "other")]
    public void Predict_PlainWords_FindsTheLabels(string text, string type, string category)
    {
        var prediction = _rules.Predict(text);

        Assert.Equal(type, prediction.Type.Label);
        Assert.Equal(category, prediction.Category.Label);
        Assert.Equal("rules", prediction.Model);
    }

    [Fact]
    public void Predict_NothingKnown_Abstains()
    {
        var prediction = _rules.Predict("zzz");

        Assert.True(prediction.Type.Abstain);
        Assert.True(prediction.Category.Abstain);
        Assert.Equal(["other"], prediction.Category.Candidates);
    }

    [Fact]
    public void Predict_WarehouseWifi_SeesManyPeopleAndHurry()
    {
        var prediction = _rules.Predict("the wifi in the warehouse keeps dropping, forklift drivers can't get their picks, truck leaves at 4 today");

        Assert.Equal("department", prediction.Impact.Label);
        Assert.Equal("high", prediction.Urgency.Label);
        Assert.Equal("network", prediction.Category.Label);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\ud83d")]
    public void Predict_StrangeText_Abstains(string text) => Assert.True(_rules.Predict(text).Type.Abstain);
}
