using LocalCloud.Templates;

namespace LocalCloud.Tests.Templates;

public class EvaluatorTests
{
    private const string Queue = """
        { 'Parameters': { 'Stage': { 'Type': 'String', 'Default': 'dev' }, 'Size': { 'Type': 'Number', 'Default': 3 }, 'Zones': { 'Type': 'CommaDelimitedList', 'Default': 'a, b' },
                          'Asked': { 'Type': 'String' }, 'Boot': { 'Type': 'AWS::SSM::Parameter::Value<String>', 'Default': '/cdk/version' } },
          'Mappings': { 'Sizes': { 'dev': { 'memory': 128 } } },
          'Conditions': { 'IsDev': { 'Fn::Equals': [{ 'Ref': 'Stage' }, 'dev'] }, 'IsBig': { 'Fn::Not': [{ 'Condition': 'IsDev' }] },
                          'Both': { 'Fn::And': [{ 'Condition': 'IsDev' }, { 'Condition': 'IsBig' }] }, 'Any': { 'Fn::Or': [{ 'Condition': 'IsDev' }, { 'Condition': 'IsBig' }] },
                          'Circle': { 'Condition': 'Circle' }, 'Wrong': { 'Fn::Not': [{ 'Condition': 'IsDev' }, { 'Condition': 'IsDev' }] }, 'Three': { 'Fn::Equals': [{ 'Ref': 'Size' }, 3] } },
          'Resources': { 'Queue': { 'Type': 'AWS::SQS::Queue' }, 'Big': { 'Type': 'AWS::SQS::Queue', 'Condition': 'IsBig' } } }
        """;

    [Theory]
    [InlineData("{ 'Ref': 'Queue' }", "'Queue-ref'")]
    [InlineData("{ 'Ref': 'Stage' }", "'dev'")]
    [InlineData("{ 'Ref': 'Size' }", "'3'")]
    [InlineData("{ 'Ref': 'Zones' }", "['a','b']")]
    [InlineData("{ 'Fn::GetAtt': ['Queue', 'Arn'] }", "'arn:Queue'")]
    [InlineData("{ 'Fn::GetAtt': 'Queue.Nested.Name' }", "'Queue-name'")]
    [InlineData("{ 'Fn::Join': ['-', ['a', { 'Ref': 'Stage' }, 1, true]] }", "'a-dev-1-true'")]
    [InlineData("{ 'Fn::Join': ['', { 'Ref': 'Zones' }] }", "'ab'")]
    [InlineData("{ 'Fn::Select': [1, { 'Fn::Split': ['|', 'x|y|z'] }] }", "'y'")]
    [InlineData("{ 'Fn::Select': ['0', { 'Ref': 'Zones' }] }", "'a'")]
    [InlineData("{ 'Fn::Sub': '${Stage}/${Queue}/${Queue.Arn}/${!Literal}/$x' }", "'dev/Queue-ref/arn:Queue/${Literal}/$x'")]
    [InlineData("{ 'Fn::Sub': ['${a}-${Stage}', { 'a': { 'Ref': 'Queue' } }] }", "'Queue-ref-dev'")]
    [InlineData("{ 'Fn::If': ['IsDev', 'yes', 'no'] }", "'yes'")]
    [InlineData("{ 'Fn::If': ['Both', 'yes', { 'Fn::If': ['Any', 'or', 'no'] }] }", "'or'")]
    [InlineData("{ 'Fn::FindInMap': ['Sizes', { 'Ref': 'Stage' }, 'memory'] }", "128")]
    [InlineData("{ 'Fn::Base64': 'hi' }", "'aGk='")]
    [InlineData("{ 'Fn::If': ['Three', 'text', 'type'] }", "'text'")]
    [InlineData("{ 'Fn::FindInMap': ['Sizes', 'prod', 'memory', { 'DefaultValue': 64 }] }", "64")]
    [InlineData("{ 'Fn::Length': { 'Ref': 'Zones' } }", "2")]
    [InlineData("{ 'Fn::GetAZs': '' }", "['eu-central-1a','eu-central-1b','eu-central-1c']")]
    [InlineData("{ 'Fn::Cidr': ['10.0.0.0/16', 3, 8] }", "['10.0.0.0/24','10.0.1.0/24','10.0.2.0/24']")]
    [InlineData("{ 'Fn::Cidr': ['2001:db8::/56', '2', '64'] }", "['2001:db8::/64','2001:db8:0:1::/64']")]
    [InlineData("{ 'Fn::Select': [0, { 'Fn::Cidr': ['10.1.0.0/24', 1] }] }", "'10.1.0.0/24'")]
    [InlineData("{ 'Fn::Join': ['', ['a', { 'Fn::ToJsonString': { 'n': { 'Ref': 'Size' } } }]] }", "'a{\\u0022n\\u0022:\\u00223\\u0022}'")]
    [InlineData("{ 'Fn::Sub': '${AWS::StackName} ${AWS::Region} ${AWS::AccountId} ${AWS::Partition} ${AWS::URLSuffix}' }", "'shop eu-central-1 123456789012 aws amazonaws.com'")]
    [InlineData("{ 'a': [1, { 'Ref': 'AWS::NoValue' }, 'b'], 'c': { 'Ref': 'AWS::NoValue' }, 'd': null }", "{'a':[1,'b'],'d':null}")]
    [InlineData("{ 'a': { 'Fn::If': ['IsDev', { 'Ref': 'AWS::NoValue' }, 1] } }", "{}")]
    [InlineData("{ 'Ref': 'Stage', 'and': 'more, so it is data' }", "{'Ref':'Stage','and':'more, so it is data'}")]
    public void An_expression_has_the_value_that_CloudFormation_gives_it(string expression, string value) =>
        Assert.Equal(value, Given.Evaluate(expression, Queue));

    [Theory]
    [InlineData("{ 'Ref': 'Nobody' }", "Here: 'Nobody' is neither a resource nor a parameter of stack 'shop'. Correct the name.")]
    [InlineData("{ 'Ref': 'Big' }", "Here: 'Big' (AWS::SQS::Queue) is not created, because its condition 'IsBig' is false. Give the reference the same condition.")]
    [InlineData("{ 'Ref': 'Asked' }", "Here: parameter 'Asked' has no default. Give it one in the template, or a value with the deployment's Parameters. If only an environment variable needs it, override that variable.")]
    [InlineData("{ 'Ref': 'Boot' }", "Here: parameter 'Boot' is read from the SSM parameter store, which does not exist here. Give its value with the deployment's Parameters. If only an environment variable needs it, override that variable.")]
    [InlineData("{ 'Fn::GetAtt': ['Queue', 'Colour'] }", "Here: attribute 'Colour' of 'Queue' (AWS::SQS::Queue) is not known here. If only an environment variable needs it, override that variable.")]
    [InlineData("{ 'Fn::ImportValue': 'theirs' }", "Here: no stack exports 'theirs'. Add the stack that does to the same app. If only an environment variable needs it, override that variable.")]
    [InlineData("{ 'Fn::Select': [5, { 'Ref': 'Zones' }] }", "Here: Fn::Select asks for item 5 of a list of 2. Choose one from 0 to 1.")]
    [InlineData("{ 'Fn::FindInMap': ['Sizes', 'prod', 'memory'] }", "Here: the mapping 'Sizes' has no entry 'prod' / 'memory'. Add it to the template's Mappings.")]
    [InlineData("{ 'Fn::If': ['Nope', 1, 2] }", "Here: condition 'Nope' is not in the template's Conditions.")]
    [InlineData("{ 'Fn::If': ['Circle', 1, 2] }", "Condition 'Circle' of stack 'shop' refers to itself. Break the circle.")]
    [InlineData("{ 'Fn::If': ['Wrong', 1, 2] }", "Condition 'Wrong' of stack 'shop' gives 'Fn::Not' the wrong number of arguments: Fn::Equals takes two, Fn::Not one, Fn::And and Fn::Or from two to ten.")]
    [InlineData("{ 'Fn::Cidr': ['10.0.0.0/24', 6, 9] }", "Here: Fn::Cidr finds no such subnets in ['10.0.0.0/24',6,9]. Ask for 1 to 256 that fit into the block.")]
    [InlineData("{ 'Fn::Transform': { 'Name': 'AWS::Include' } }", "Here: 'Fn::Transform' needs CloudFormation's macros, which do not run here. Synthesize templates without them.")]
    [InlineData("{ 'Fn::Unheard': 1 }", "Here: 'Fn::Unheard' with the argument 1 cannot be resolved here. If only an environment variable needs it, override that variable.")]
    public void An_expression_without_a_value_is_an_error_that_says_what_to_do(string expression, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<TemplateException>(() => Given.Evaluate(expression, Queue)).Message.Replace('"', '\''));

    [Theory]
    [InlineData("Stage", "prod", "'prod'")]
    [InlineData("shop.Stage", "prod", "'prod'")]
    [InlineData("Asked", "told", "'told'")]
    [InlineData("Boot", "21", "'21'")]
    [InlineData("Zones", "x,y", "['x','y']")]
    public void A_parameter_has_the_value_that_the_deployment_gives(string name, string value, string expected) =>
        Assert.Equal(expected, Given.Evaluate($"{{ 'Ref': '{name.Split('.')[^1]}' }}", Queue, new Dictionary<string, string> { [name] = value }));

    [Theory]
    [InlineData("Picked", "c", "is none of its AllowedValues: a, b. Choose another.")]
    [InlineData("Shaped", "a1", "does not match its AllowedPattern [a-z]+. Choose another.")]
    [InlineData("Short", "abcd", "is shorter than its MinLength or longer than its MaxLength. Choose another.")]
    [InlineData("Few", "11", "is no number from its MinValue to its MaxValue. Choose another.")]
    [InlineData("Few", "many", "is no number from its MinValue to its MaxValue. Choose another.")]
    [InlineData("Evil", "a", "cannot be compared with its AllowedPattern (. Choose another.")]
    public void A_parameter_takes_only_what_it_allows(string name, string value, string reason)
    {
        const string Template = """
            { 'Parameters': { 'Picked': { 'Type': 'String', 'AllowedValues': ['a', 'b'] }, 'Shaped': { 'Type': 'String', 'AllowedPattern': '[a-z]+' },
              'Short': { 'Type': 'String', 'MaxLength': 3 }, 'Few': { 'Type': 'Number', 'MaxValue': 10 }, 'Evil': { 'Type': 'String', 'AllowedPattern': '(' } } }
            """;

        Assert.Equal(
            $"Here: the value '{value}' of parameter '{name}' {reason}",
            Assert.Throws<TemplateException>(() => Given.Evaluate($"{{ 'Ref': '{name}' }}", Template, new Dictionary<string, string> { [name] = value })).Message);
    }

    [Fact]
    public void A_text_that_grows_without_end_is_an_error()
    {
        var expression = "{ 'Fn::Base64': 'xxxxxxxxxxxxxxxxxxxx' }";
        for (var depth = 0; depth < 40; depth++)
            expression = $"{{ 'Fn::Base64': {expression} }}";

        Assert.Equal("Here: a text becomes longer than 1048576 characters. Make it shorter.", Assert.Throws<TemplateException>(() => Given.Evaluate(expression)).Message);
    }

    [Fact]
    public void Macros_are_refused() => Assert.Equal(
        "Stack 's' has the Transform 'AWS::Serverless-2016-10-31': it needs macros, which do not run here. Synthesize the template without them.",
        Assert.Throws<TemplateException>(() => Given.Stack("s", "{ 'Transform': 'AWS::Serverless-2016-10-31' }")).Message);
}
