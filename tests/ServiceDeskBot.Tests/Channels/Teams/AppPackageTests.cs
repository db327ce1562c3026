using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Xunit;

namespace ServiceDeskBot.Tests.Channels.Teams;

/// <summary>What an administrator uploads fits what the channel does.</summary>
public sealed class AppPackageTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "manifest", "teams");
    private static readonly JsonNode Manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "manifest.json")))!;

    [Fact]
    public void Manifest_Bot_IsInstallableWhereTheDeskTalks()
    {
        var bot = Assert.Single(Manifest["bots"]!.AsArray())!;

        Assert.Equal(["groupChat", "personal", "team"], bot["scopes"]!.AsArray().Select(scope => (string?)scope).Order(StringComparer.Ordinal));
        Assert.True((bool)bot["supportsFiles"]!);
        Assert.Equal((string?)bot["botId"], (string?)Manifest["webApplicationInfo"]!["id"]);
    }

    [Fact]
    public void Manifest_Consent_IsForChannelMessagesOnly() =>
        Assert.Equal("ChannelMessage.Read.Group", (string?)Assert.Single(Manifest["authorization"]!["permissions"]!["resourceSpecific"]!.AsArray())!["name"]);

    [Fact]
    public void Manifest_CreateTicket_IsAMessageActionWithADialog()
    {
        var command = Assert.Single(Assert.Single(Manifest["composeExtensions"]!.AsArray())!["commands"]!.AsArray())!;

        Assert.Equal(("Create ticket", "action", "message", true), ((string?)command["title"], (string?)command["type"], (string?)command["context"]![0], (bool)command["fetchTask"]!));
    }

    [Theory]
    [InlineData("short", 80)]
    [InlineData("full", 4000)]
    public void Manifest_Description_FitsTheStore(string which, int longest) => Assert.InRange(((string)Manifest["description"]![which]!).Length, 1, longest);

    [Theory]
    [InlineData("color", 192)]
    [InlineData("outline", 32)]
    public void Icon_HasTheSizeTeamsWants(string which, int size)
    {
        var png = File.ReadAllBytes(Path.Combine(Folder, (string)Manifest["icons"]![which]!));

        Assert.Equal((size, size), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));
    }
}
