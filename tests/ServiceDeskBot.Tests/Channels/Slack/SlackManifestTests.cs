using System.Globalization;
using ServiceDeskBot.Channels.Slack;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace ServiceDeskBot.Tests.Channels.Slack;

public sealed class SlackManifestTests
{
    [Theory]
    [InlineData("features.slash_commands.0.url", "/slack/commands")]
    [InlineData("settings.event_subscriptions.request_url", "/slack/events")]
    [InlineData("settings.interactivity.request_url", "/slack/interactivity")]
    public void Manifest_Addresses_AreTheDesksOwn(string path, string expected) => Assert.Equal(expected, new Uri(At(path)).AbsolutePath);

    [Fact]
    public void Manifest_Shortcut_IsTheOneTheDeskKnows() => Assert.Equal(SlackInteractions.CreateTicket, At("features.shortcuts.0.callback_id"));

    [Fact]
    public void Manifest_Lengths_WithinSlacksLimits()
    {
        Assert.InRange(At("display_information.name").Length, 1, 35);
        Assert.InRange(At("display_information.description").Length, 1, 140);
        Assert.InRange(At("display_information.long_description").Length, 174, 4000);
        Assert.InRange(At("features.shortcuts.0.name").Length, 1, 24);
    }

    private static string At(string path)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(Path.Combine(Repository.Root, "manifest", "slack", "manifest.yaml"))));
        var node = path.Split('.').Aggregate(yaml.Documents[0].RootNode, (node, key) => node is YamlSequenceNode list ? list[int.Parse(key, CultureInfo.InvariantCulture)] : node[key]);
        return ((YamlScalarNode)node).Value!;
    }
}
